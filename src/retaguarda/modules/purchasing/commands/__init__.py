"""What people do in purchasing: prices, orders, receipts."""
