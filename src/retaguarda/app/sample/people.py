"""Who works at the sample shop and who buys there: invented people and companies, with valid identities of no one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from retaguarda.app.chance import Chance
from retaguarda.kernel.fold import fold
from retaguarda.packs.br.ids import cnpj_check_digits, cpf_check_digits, mask_cnpj, mask_cpf

PASSWORD = "exemplo2026"
"""The password of everybody in the sample company; the README says it too."""

STAFF: tuple[tuple[str, str, str, str | None], ...] = (
    ("ana", "Ana Prado", "administrator", "management"),
    ("bruno", "Bruno Tavares", "sales", "sales"),
    ("carla", "Carla Nunes", "commercial", "sales"),
    ("diego", "Diego Amaral", "relations", "sales"),
    ("elisa", "Elisa Moura", "stock", "stock"),
    ("fabio", "Fábio Cordeiro", "finance", "finance"),
    ("gabi", "Gabriela Rocha", "picking", "picking"),
    ("heitor", "Heitor Lima", "shipping", "shipping"),
    ("igor", "Igor Batista", "delivery", "delivery"),
    ("julia", "Júlia Sampaio", "analyst", "management"),
    ("katia", "Kátia Reis", "marketing", None),
    ("lucas", "Lucas Freire", "hr", None),
    ("marta", "Marta Azevedo", "accounting", "finance"),
    ("nelson", "Nelson Vidal", "legal", None),
    ("olga", "Olga Siqueira", "it", None),
)
"""Log-in, name, role, department; the first one administers, the others report to her."""

COMPANIES = (
    "Marcenaria São Bento",
    "Condomínio Edifício Ipê Amarelo",
    "Padaria Estrela da Manhã",
    "Construtora Vale Verde",
    "Pousada Recanto das Águas",
    "Escola Pequeno Aprendiz",
    "Clínica Bem Viver",
    "Oficina Irmãos Andrade",
    "Restaurante Sabor da Serra",
    "Pinturas & Reformas Avenida",
    "Elétrica Ponto Certo",
    "Hidráulica Boa Vista",
    "Mercadinho do Bairro",
    "Academia Corpo em Forma",
    "Hotel Praça Central",
    "Imobiliária Novo Lar",
    "Paróquia Nossa Senhora da Paz",
    "Serralheria Três Pontas",
)
FIRST_NAMES = ("Antônia", "Benedito", "Célia", "Davi", "Eduarda", "Francisco", "Gilberto", "Helena", "Ivone", "João",
               "Larissa", "Mauro", "Neusa", "Otávio", "Patrícia", "Renato", "Sônia", "Tiago", "Úrsula", "Vicente",
               "Wagner", "Yasmin")  # fmt: skip
LAST_NAMES = ("Alencar", "Barbosa", "Camargo", "Dias", "Esteves", "Fonseca", "Guimarães", "Hoffmann", "Iglesias",
              "Jardim", "Lacerda", "Machado", "Nogueira", "Oliveira", "Pacheco", "Queiroz", "Ribeiro", "Souza",
              "Teixeira", "Uchoa", "Vasconcelos", "Xavier")  # fmt: skip
STREETS = ("Rua das Acácias", "Rua Quinze de Novembro", "Avenida Brasil", "Rua do Comércio", "Rua Sete de Setembro",
           "Travessa das Flores", "Avenida Paulista", "Rua São João", "Rua dos Pinheiros",
           "Alameda Santos")  # fmt: skip
PLACES = (
    ("Centro", "Campinas", "SP", "13010"),
    ("Cambuí", "Campinas", "SP", "13024"),
    ("Vila Industrial", "Campinas", "SP", "13035"),
    ("Centro", "Valinhos", "SP", "13270"),
    ("Centro", "Jundiaí", "SP", "13201"),
    ("Nova Americana", "Americana", "SP", "13466"),
)
NO_FIRMS = ("Condomínio", "Paróquia")
COUNT = 40


@dataclass(frozen=True, slots=True)
class Buyer:
    """A customer to be: the payload of `party.add_party`, and the credit limit that is set afterwards (or none)."""

    payload: Mapping[str, Any]
    credit_limit: str | None


def cpf(n: int) -> str:
    """A valid CPF of the made-up series, written."""
    body = f"9998{n:05}"
    return mask_cpf(body + cpf_check_digits(body))


def cnpj(n: int) -> str:
    """A valid CNPJ of the made-up series, written."""
    body = f"99{n:06}0001"
    return mask_cnpj(body + cnpj_check_digits(body))


def buyers(chance: Chance) -> tuple[Buyer, ...]:
    """The forty customers: companies first, then people."""
    named = [(name, "company") for name in COMPANIES]
    lasts = chance.some_of(LAST_NAMES, COUNT - len(COMPANIES))
    named += [(f"{first} {last}", "person") for first, last in zip(FIRST_NAMES, lasts, strict=True)]
    return tuple(_buyer(n, name, kind, chance) for n, (name, kind) in enumerate(named, 1))


def _buyer(n: int, name: str, kind: str, chance: Chance) -> Buyer:
    district, city, state, postcode = chance.one_of(PLACES)
    company = kind == "company"
    mail = fold(name).replace("&", "e").replace(" ", ".")
    return Buyer(
        {
            "name": name,
            "kind": kind,
            "legal_name": f"{name} Ltda." if company and not name.startswith(NO_FIRMS) else None,
            "tax_id": cnpj(n) if company else cpf(n),
            "customer": True,
            "addresses": [
                {
                    "street": chance.one_of(STREETS),
                    "number": str(chance.between(10, 2400)),
                    "district": district,
                    "city": city,
                    "state": state,
                    "postcode": f"{postcode}-{chance.between(1, 999):03}",
                }
            ],
            "contacts": [
                {
                    "name": "Compras" if company else "",
                    "phone": f"(19) 9{chance.between(81110000, 99990000)}",
                    "email": f"{mail}@exemplo.com.br",
                }
            ],
        },
        f"{chance.between(2, 20) * 500}.00" if company else None,
    )
