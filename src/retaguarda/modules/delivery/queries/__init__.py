"""What screens and scripts ask of delivery."""

from retaguarda.modules.delivery.queries.carriers import attempts, carriers
from retaguarda.modules.delivery.queries.fitness import DATA_RULES, USES
from retaguarda.modules.delivery.queries.orders import orders_to_deliver, orders_to_pack, orders_to_pick, orders_to_ship
from retaguarda.modules.delivery.queries.papers import pick_cards, shipment_cards
from retaguarda.modules.delivery.queries.parts import READ
from retaguarda.modules.delivery.queries.picking import pick_lists, pick_stops
from retaguarda.modules.delivery.queries.proofs import PROOFS
from retaguarda.modules.delivery.queries.routes import load_choices, route_stops, routes
from retaguarda.modules.delivery.queries.shipments import order_steps, shipments
from retaguarda.modules.delivery.queries.volumes import packing_lines, packings, volume_contents, volumes

ALL = (
    orders_to_pick,
    pick_lists,
    pick_stops,
    orders_to_pack,
    orders_to_ship,
    orders_to_deliver,
    order_steps,
    shipments,
    attempts,
    shipment_cards,
    pick_cards,
    routes,
    route_stops,
    load_choices,
    carriers,
    volumes,
    packings,
    packing_lines,
    volume_contents,
)

__all__ = ["ALL", "DATA_RULES", "PROOFS", "READ", "USES"]
