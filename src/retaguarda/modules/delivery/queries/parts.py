"""What the queries of delivery share."""

READ = "delivery.read"
