"""Brazil's reference tables: how their codes are written, and what of them is certain enough to be shipped.

Municipalities come by file only. Of the banks those are here that most shops meet; the whole list is the central
bank's. National holidays stand with the law that says them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from retaguarda.kernel.holiday import holiday_rule
from retaguarda.kernel.reference import BANK, CITY, HOLIDAY, STATE, UNIT, Code, ReferenceTable, Shipped

_SHIPPED_ON = dt.date(2026, 11, 21)
_STATES = {
    "RO": ("11", "Rondônia"), "AC": ("12", "Acre"), "AM": ("13", "Amazonas"), "RR": ("14", "Roraima"),
    "PA": ("15", "Pará"), "AP": ("16", "Amapá"), "TO": ("17", "Tocantins"), "MA": ("21", "Maranhão"),
    "PI": ("22", "Piauí"), "CE": ("23", "Ceará"), "RN": ("24", "Rio Grande do Norte"), "PB": ("25", "Paraíba"),
    "PE": ("26", "Pernambuco"), "AL": ("27", "Alagoas"), "SE": ("28", "Sergipe"), "BA": ("29", "Bahia"),
    "MG": ("31", "Minas Gerais"), "ES": ("32", "Espírito Santo"), "RJ": ("33", "Rio de Janeiro"),
    "SP": ("35", "São Paulo"), "PR": ("41", "Paraná"), "SC": ("42", "Santa Catarina"),
    "RS": ("43", "Rio Grande do Sul"), "MS": ("50", "Mato Grosso do Sul"), "MT": ("51", "Mato Grosso"),
    "GO": ("52", "Goiás"), "DF": ("53", "Distrito Federal"),
}  # fmt: skip
_STATE_OF = {number: state for state, (number, _) in _STATES.items()}
_BANKS = {
    "001": ("Banco do Brasil", "00000000"), "003": ("Banco da Amazônia", "04902979"),
    "004": ("Banco do Nordeste", "07237373"), "021": ("Banestes", "28127603"), "033": ("Santander", "90400888"),
    "037": ("Banpará", "04913711"), "041": ("Banrisul", "92702067"), "047": ("Banese", "13009717"),
    "070": ("BRB", "00000208"), "077": ("Inter", "00416968"), "085": ("Ailos", "05463212"),
    "104": ("Caixa Econômica Federal", "00360305"), "133": ("Cresol", "10398952"), "136": ("Unicred", "00315557"),
    "197": ("Stone", "16501555"), "208": ("BTG Pactual", "30306294"), "212": ("Original", "92894922"),
    "237": ("Bradesco", "60746948"), "246": ("ABC Brasil", "28195667"), "260": ("Nu Pagamentos", "18236120"),
    "290": ("PagSeguro", "08561701"), "318": ("BMG", "61186680"), "323": ("Mercado Pago", "10573521"),
    "336": ("C6", "31872495"), "341": ("Itaú Unibanco", "60701190"), "380": ("PicPay", "22896431"),
    "389": ("Mercantil do Brasil", "17184037"), "422": ("Safra", "58160789"), "623": ("Pan", "59285411"),
    "633": ("Rendimento", "68900810"), "655": ("Votorantim", "59588111"), "707": ("Daycoval", "62232889"),
    "748": ("Sicredi", "01181521"), "756": ("Sicoob", "02038232"),
}  # fmt: skip
_UNITS = {
    "UN": "Unidade", "PC": "Peça", "CX": "Caixa", "PCT": "Pacote", "DZ": "Dúzia", "PAR": "Par", "JG": "Jogo",
    "KIT": "Kit", "FD": "Fardo", "SC": "Saco", "RL": "Rolo", "LATA": "Lata", "GL": "Galão", "BD": "Balde",
    "FL": "Folha", "CT": "Cartela", "CENTO": "Cento", "MIL": "Milheiro", "G": "Grama", "KG": "Quilograma",
    "T": "Tonelada", "ML": "Mililitro", "L": "Litro", "MM": "Milímetro", "CM": "Centímetro", "M": "Metro",
    "KM": "Quilômetro", "M2": "Metro quadrado", "M3": "Metro cúbico", "MIN": "Minuto", "H": "Hora", "DIA": "Dia",
}  # fmt: skip
_DAYS_OF_1949 = "Lei 662/1949, com a redação da Lei 10.607/2002"
_HOLIDAYS = {
    "01-01": ("Confraternização Universal", _DAYS_OF_1949),
    "EASTER-2": ("Sexta-feira Santa", "Lei 9.093/1995, art. 2º"),
    "04-21": ("Tiradentes", _DAYS_OF_1949),
    "05-01": ("Dia do Trabalho", _DAYS_OF_1949),
    "09-07": ("Independência do Brasil", _DAYS_OF_1949),
    "10-12": ("Nossa Senhora Aparecida", "Lei 6.802/1980"),
    "11-02": ("Finados", _DAYS_OF_1949),
    "11-15": ("Proclamação da República", _DAYS_OF_1949),
    "11-20": ("Dia Nacional de Zumbi e da Consciência Negra", "Lei 14.759/2023"),
    "12-25": ("Natal", _DAYS_OF_1949),
}
_BANK_CODE, _CITY_CODE, _UNIT_CODE = re.compile(r"[0-9]{3}"), re.compile(r"[0-9]{7}"), re.compile(r"[0-9A-Z]{1,6}")


def _capitals(said: Code) -> Code:
    return replace(said, code=said.code.upper(), within="")


def _bank(said: Code) -> Code:
    """A spreadsheet makes 1 of 001."""
    return replace(said, code=said.code.zfill(3) if said.code.isdecimal() else said.code, within="")


def _city(said: Code) -> Code:
    """A municipality's first two digits are its state's number."""
    return replace(said, within=_STATE_OF.get(said.code[:2], ""))


def _holiday(said: Code) -> Code:
    """A day for all, for a state (`SP`) or for a city (`SP/Campinas`)."""
    state, _, city = said.within.partition("/")
    within = f"{state.strip().upper()}/{city.strip()}".strip("/")
    return replace(said, code=said.code.upper(), within="" if within == "BR" else within)


def _is_holiday(said: Code) -> bool:
    return holiday_rule(said.code) is not None and said.within.partition("/")[0] in ("", *_STATES)


class BrazilianTables:
    """The port `reference.ports.CountryTables` for Brazil."""

    country = "BR"

    def tables(self) -> Sequence[ReferenceTable]:
        """All of them, in the order in which people see them."""
        return TABLES


TABLES = (
    ReferenceTable(
        name=BANK,
        days_max=180,
        write=_bank,
        valid=lambda said: bool(_BANK_CODE.fullmatch(said.code)),
        refusal="br.not_a_bank",
        shipped=Shipped(
            label="Seleção do programa",
            dated_on=_SHIPPED_ON,
            source="Códigos de compensação do Banco Central; só os bancos mais usados",
            rows=tuple(Code(code, name, note=f"ISPB {ispb}") for code, (name, ispb) in _BANKS.items()),
        ),
    ),
    ReferenceTable(
        name=CITY,
        days_max=365,
        places=True,
        write=_city,
        valid=lambda said: bool(_CITY_CODE.fullmatch(said.code)) and bool(said.within),
        refusal="br.not_a_city",
    ),
    ReferenceTable(
        name=STATE,
        days_max=3650,
        write=_capitals,
        valid=lambda said: len(said.code) == 2 and said.code.isalpha(),
        refusal="br.not_a_state",
        shipped=Shipped(
            label="27 estados",
            dated_on=_SHIPPED_ON,
            source="Constituição Federal; números do IBGE",
            rows=tuple(Code(state, name, note=f"IBGE {number}") for state, (number, name) in _STATES.items()),
        ),
    ),
    ReferenceTable(
        name=HOLIDAY,
        days_max=400,
        write=_holiday,
        valid=_is_holiday,
        refusal="br.not_a_holiday",
        alone=False,
        read="day",
        places=True,
        shipped=Shipped(
            label="Feriados nacionais",
            dated_on=_SHIPPED_ON,
            source="Leis federais, cada uma ao lado do seu dia",
            rows=tuple(Code(rule, name, note=law) for rule, (name, law) in _HOLIDAYS.items()),
        ),
    ),
    ReferenceTable(
        name=UNIT,
        days_max=3650,
        write=_capitals,
        valid=lambda said: bool(_UNIT_CODE.fullmatch(said.code)),
        refusal="br.not_a_unit",
        shipped=Shipped(
            label="Unidades usuais",
            dated_on=_SHIPPED_ON,
            source="Sistema Internacional de Unidades e embalagens usuais no comércio",
            rows=tuple(Code(code, name) for code, name in _UNITS.items()),
        ),
    ),
)
