"""What the sample shop sells: a hardware and housewares shop, names as on the shelf, no maker's marks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from retaguarda.kernel.gtin import gtin_check_digit

GS1_BRAZIL = "789"


@dataclass(frozen=True, slots=True)
class Goods:
    """One product or service: code of our own, name, unit, price, whether it is a service."""

    code: str
    name: str
    unit: str
    price: Decimal
    service: bool = False

    @property
    def gtin(self) -> str:
        """A valid GTIN-13 of the Brazilian range, made from the product's own code."""
        body = f"{GS1_BRAZIL}2600{int(self.code):05}"
        return body + gtin_check_digit(body)


# Name with one open place, the unit, and for each filling its price.
FAMILIES: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Tinta acrílica fosca {} 18 L",
        "UN",
        (("branco neve", "289.90"), ("palha", "299.90"), ("gelo", "299.90"), ("areia", "304.90")),
    ),
    (
        "Tinta acrílica fosca {} 3,6 L",
        "UN",
        (("branco neve", "79.90"), ("azul céu", "84.90"), ("verde folha", "84.90"), ("terracota", "86.90")),
    ),
    ("Esmalte sintético {} 900 mL", "UN", (("branco", "42.50"), ("preto", "42.50"), ("cinza", "44.90"))),
    ("Massa corrida PVA {}", "UN", (("1,5 kg", "17.90"), ("5,6 kg", "38.90"), ("25 kg", "89.90"))),
    ("Rolo de lã {} com cabo", "UN", (("9 cm", "14.90"), ("15 cm", "21.90"), ("23 cm", "29.90"))),
    ("Trincha cerda macia {}", "UN", (('1"', "7.90"), ('2"', "11.50"), ('3"', "16.90"))),
    ("Fita crepe 50 m {}", "UN", (("18 mm", "6.90"), ("25 mm", "9.50"), ("48 mm", "17.90"))),
    ("Lixa d'água grão {}", "UN", (("120", "2.40"), ("220", "2.40"), ("400", "2.60"))),
    ("Cimento {} 50 kg", "UN", (("CP II", "36.90"), ("CP III", "35.50"))),
    ("Argamassa colante {} 20 kg", "UN", (("AC-I", "13.90"), ("AC-II", "24.90"), ("AC-III", "34.90"))),
    ("Rejunte flexível {} 1 kg", "UN", (("branco", "9.90"), ("cinza platina", "9.90"), ("bege", "10.50"))),
    ("Tubo PVC soldável {} barra 6 m", "UN", (("20 mm", "21.90"), ("25 mm", "27.90"), ("32 mm", "49.90"))),
    ("Tubo PVC esgoto {} barra 6 m", "UN", (("40 mm", "32.90"), ("50 mm", "47.90"), ("100 mm", "79.90"))),
    ("Joelho 90° soldável {}", "UN", (("20 mm", "0.95"), ("25 mm", "1.25"), ("32 mm", "2.90"))),
    ("Registro de esfera {}", "UN", (('1/2"', "19.90"), ('3/4"', "26.50"), ('1"', "38.90"))),
    ("Torneira para {} cromada", "UN", (("cozinha", "89.90"), ("lavatório", "69.90"), ("jardim", "24.90"))),
    ("Sifão sanfonado {}", "UN", (("simples", "12.90"), ("duplo", "21.90"))),
    ("Caixa d'água polietileno {}", "UN", (("310 L", "229.00"), ("500 L", "289.00"), ("1.000 L", "459.00"))),
    ("Cabo flexível {} rolo 100 m", "UN", (("1,5 mm²", "119.90"), ("2,5 mm²", "189.90"), ("4 mm²", "299.90"))),
    ("Disjuntor DIN {}", "UN", (("monopolar 16 A", "11.90"), ("monopolar 25 A", "11.90"), ("bipolar 40 A", "42.90"))),
    ("Tomada 2P+T {} com placa", "UN", (("10 A", "9.90"), ("20 A", "11.50"))),
    ("Interruptor {} com placa", "UN", (("simples", "8.90"), ("paralelo", "10.90"), ("duplo", "15.90"))),
    ("Lâmpada LED bulbo {}", "UN", (("9 W branca", "6.90"), ("9 W amarela", "6.90"), ("15 W branca", "12.90"))),
    ("Painel LED de embutir {}", "UN", (("12 W", "24.90"), ("18 W", "29.90"), ("24 W", "39.90"))),
    ("Fita isolante {}", "UN", (("10 m", "4.90"), ("20 m", "8.50"))),
    ("Furadeira de impacto 650 W {}", "UN", (("127 V", "239.00"), ("220 V", "239.00"))),
    ("Parafusadeira a bateria {}", "UN", (("12 V", "279.00"), ("18 V", "449.00"))),
    ("Serra circular 1.400 W {}", "UN", (("127 V", "489.00"), ("220 V", "489.00"))),
    ('Esmerilhadeira 4 1/2" 850 W {}', "UN", (("127 V", "269.00"), ("220 V", "269.00"))),
    ("Jogo de brocas {}", "CX", (("para concreto 5 peças", "29.90"), ("aço rápido 13 peças", "49.90"))),
    ("Disco de corte {}", "UN", (('para inox 4 1/2"', "4.90"), ("diamantado 110 mm", "24.90"))),
    ("Martelo unha {}", "UN", (("23 mm", "32.90"), ("27 mm", "39.90"))),
    ("Chave de fenda {}", "UN", (('1/8 x 4"', "9.90"), ('1/4 x 6"', "14.90"))),
    ("Alicate universal {}", "UN", (('7"', "34.90"), ('8"', "39.90"))),
    ("Trena {}", "UN", (("3 m", "14.90"), ("5 m", "22.90"), ("8 m", "39.90"))),
    ("Nível de alumínio {}", "UN", (("30 cm", "24.90"), ("60 cm", "42.90"))),
    ("Parafuso chipboard {} caixa 100", "CX", (("3,5 x 25", "9.90"), ("4,0 x 40", "14.90"), ("5,0 x 60", "24.90"))),
    ("Bucha de nylon {} pacote 100", "PC", (("6 mm", "7.90"), ("8 mm", "10.90"), ("10 mm", "16.90"))),
    ("Prego com cabeça {} 1 kg", "KG", (("15 x 15", "17.90"), ("17 x 27", "16.90"), ("18 x 30", "16.90"))),
    ("Dobradiça de aço {}", "UN", (('3"', "5.90"), ('3 1/2"', "7.90"))),
    ("Fechadura de embutir {}", "UN", (("interna", "59.90"), ("externa", "79.90"), ("banheiro", "59.90"))),
    ("Cadeado de latão {}", "UN", (("25 mm", "16.90"), ("35 mm", "26.90"), ("45 mm", "39.90"))),
    ("Escada de alumínio {}", "UN", (("5 degraus", "169.00"), ("7 degraus", "229.00"))),
    ("Mangueira de jardim {}", "UN", (("15 m", "49.90"), ("30 m", "89.90"))),
    ("Pá de bico {}", "UN", (("cabo Y", "44.90"), ("cabo longo", "42.90"))),
    ("Enxada estreita {}", "UN", (("com cabo", "49.90"),)),
    ("Carrinho de mão 60 L {}", "UN", (("pneu com câmara", "189.00"), ("pneu maciço", "229.00"))),
    ("Luva de segurança {}", "PAR", (("malha pigmentada", "5.90"), ("nitrílica", "9.90"), ("vaqueta", "19.90"))),
    ("Óculos de proteção {}", "UN", (("incolor", "7.90"), ("fumê", "8.90"))),
    ("Balde plástico {}", "UN", (("12 L", "14.90"), ("20 L", "24.90"))),
    ("Organizador plástico com tampa {}", "UN", (("10 L", "29.90"), ("30 L", "54.90"))),
    ("Silicone acético {} 280 g", "UN", (("incolor", "19.90"), ("branco", "19.90"))),
    ("Espuma expansiva {}", "UN", (("300 mL", "24.90"), ("500 mL", "32.90"))),
    ("Impermeabilizante {}", "UN", (("3,6 L", "69.90"), ("18 L", "249.00"))),
    ("Ralo inox {}", "UN", (("10 x 10 cm", "19.90"), ("15 x 15 cm", "29.90"))),
    ("Prateleira de pinus {}", "UN", (("60 x 20 cm", "34.90"), ("80 x 20 cm", "42.90"), ("100 x 25 cm", "59.90"))),
    ("Assento sanitário {}", "UN", (("convencional", "39.90"), ("almofadado", "69.90"))),
    ("Chuveiro elétrico 5.500 W {}", "UN", (("127 V", "79.90"), ("220 V", "79.90"))),
)
SERVICES: tuple[tuple[str, str], ...] = (
    ("Entrega na região", "35.00"),
    ("Instalação de chuveiro", "90.00"),
    ("Corte de madeira sob medida", "12.00"),
    ("Preparo de cor de tinta", "15.00"),
)
COUNT = 150


def goods() -> tuple[Goods, ...]:
    """The 150 products and services of the sample shop."""
    named = [(name.format(filling), unit, price) for name, unit, fillings in FAMILIES for filling, price in fillings]
    stock = named[: COUNT - len(SERVICES)]
    found = [Goods(f"{n:04}", name, unit, Decimal(price)) for n, (name, unit, price) in enumerate(stock, 1001)]
    served = [Goods(f"{n:04}", name, "UN", Decimal(price), True) for n, (name, price) in enumerate(SERVICES, 9001)]
    return (*found, *served)
