"""O plano de contas de uma pequena empresa brasileira de comércio e serviços, na ordem da Lei 6.404/1976, art. 178 e
187 (redação da Lei 11.638/2007 e da Lei 11.941/2009)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retaguarda.modules.accounting.ports import Planned, PlannedLine

_ASSET, _LIABILITY, _EQUITY, _REVENUE, _EXPENSE = "asset", "liability", "equity", "revenue", "expense"
_TREE: tuple[tuple[str, str, str, str], ...] = (
    ("1", "Ativo", _ASSET, ""),
    ("1.1", "Ativo circulante", _ASSET, ""),
    ("1.1.1", "Disponível", _ASSET, ""),
    ("1.1.1.01", "Caixa", _ASSET, "cash"),
    ("1.1.1.02", "Bancos conta movimento", _ASSET, "bank"),
    ("1.1.1.03", "Aplicações de liquidez imediata", _ASSET, ""),
    ("1.1.2", "Créditos com clientes", _ASSET, ""),
    ("1.1.2.01", "Duplicatas a receber", _ASSET, "receivable"),
    ("1.1.2.02", "(-) Perdas estimadas com créditos", _ASSET, ""),
    ("1.1.3", "Estoques", _ASSET, ""),
    ("1.1.3.01", "Mercadorias para revenda", _ASSET, "stock"),
    ("1.1.3.02", "Material de uso e consumo", _ASSET, ""),
    ("1.1.4", "Tributos a recuperar", _ASSET, ""),
    ("1.1.4.01", "ICMS a recuperar", _ASSET, ""),
    ("1.1.4.02", "PIS e Cofins a recuperar", _ASSET, ""),
    ("1.1.4.03", "IRRF e CSLL a compensar", _ASSET, ""),
    ("1.1.5", "Outros créditos", _ASSET, ""),
    ("1.1.5.01", "Adiantamentos a fornecedores", _ASSET, ""),
    ("1.1.5.02", "Adiantamentos a empregados", _ASSET, ""),
    ("1.1.5.03", "Despesas pagas antecipadamente", _ASSET, ""),
    ("1.2", "Ativo não circulante", _ASSET, ""),
    ("1.2.1", "Realizável a longo prazo", _ASSET, ""),
    ("1.2.1.01", "Depósitos judiciais e cauções", _ASSET, ""),
    ("1.2.2", "Imobilizado", _ASSET, ""),
    ("1.2.2.01", "Móveis e utensílios", _ASSET, ""),
    ("1.2.2.02", "Máquinas e equipamentos", _ASSET, ""),
    ("1.2.2.03", "Computadores e periféricos", _ASSET, ""),
    ("1.2.2.04", "Veículos", _ASSET, ""),
    ("1.2.2.09", "(-) Depreciação acumulada", _ASSET, ""),
    ("1.2.3", "Intangível", _ASSET, ""),
    ("1.2.3.01", "Programas de computador", _ASSET, ""),
    ("2", "Passivo", _LIABILITY, ""),
    ("2.1", "Passivo circulante", _LIABILITY, ""),
    ("2.1.1", "Fornecedores", _LIABILITY, ""),
    ("2.1.1.01", "Fornecedores nacionais", _LIABILITY, "payable"),
    ("2.1.1.02", "Mercadorias recebidas a faturar", _LIABILITY, "goods_received"),
    ("2.1.2", "Obrigações com clientes", _LIABILITY, ""),
    ("2.1.2.01", "Créditos de clientes", _LIABILITY, "customer_credit"),
    ("2.1.3", "Obrigações tributárias", _LIABILITY, ""),
    ("2.1.3.01", "Simples Nacional a recolher", _LIABILITY, ""),
    ("2.1.3.02", "ICMS a recolher", _LIABILITY, ""),
    ("2.1.3.03", "ISS a recolher", _LIABILITY, ""),
    ("2.1.3.04", "PIS e Cofins a recolher", _LIABILITY, ""),
    ("2.1.3.05", "IRPJ e CSLL a recolher", _LIABILITY, ""),
    ("2.1.3.06", "Retenções na fonte a recolher", _LIABILITY, ""),
    ("2.1.4", "Obrigações trabalhistas", _LIABILITY, ""),
    ("2.1.4.01", "Salários a pagar", _LIABILITY, ""),
    ("2.1.4.02", "INSS a recolher", _LIABILITY, ""),
    ("2.1.4.03", "FGTS a recolher", _LIABILITY, ""),
    ("2.1.4.04", "Férias e 13º salário a pagar", _LIABILITY, ""),
    ("2.1.5", "Empréstimos e financiamentos", _LIABILITY, ""),
    ("2.1.5.01", "Empréstimos bancários", _LIABILITY, ""),
    ("2.1.6", "Outras obrigações", _LIABILITY, ""),
    ("2.1.6.01", "Contas a pagar", _LIABILITY, ""),
    ("2.2", "Passivo não circulante", _LIABILITY, ""),
    ("2.2.1", "Exigível a longo prazo", _LIABILITY, ""),
    ("2.2.1.01", "Financiamentos de longo prazo", _LIABILITY, ""),
    ("3", "Patrimônio líquido", _EQUITY, ""),
    ("3.1", "Capital", _EQUITY, ""),
    ("3.1.1", "Capital social", _EQUITY, ""),
    ("3.1.2", "(-) Capital a integralizar", _EQUITY, ""),
    ("3.2", "Reservas e resultados", _EQUITY, ""),
    ("3.2.1", "Reservas de lucros", _EQUITY, ""),
    ("3.2.2", "Lucros ou prejuízos acumulados", _EQUITY, ""),
    ("3.2.3", "Saldos de abertura", _EQUITY, "opening"),
    ("4", "Receitas", _REVENUE, ""),
    ("4.1", "Receita bruta", _REVENUE, ""),
    ("4.1.1", "Venda de mercadorias", _REVENUE, "sales_goods"),
    ("4.1.2", "Prestação de serviços", _REVENUE, "sales_services"),
    ("4.2", "Deduções da receita", _REVENUE, ""),
    ("4.2.1", "(-) Devoluções de vendas", _REVENUE, "sales_returns"),
    ("4.2.2", "(-) Descontos incondicionais", _REVENUE, "sales_discounts"),
    ("4.2.3", "(-) Tributos sobre vendas", _REVENUE, ""),
    ("4.3", "Receitas financeiras", _REVENUE, ""),
    ("4.3.1", "Juros recebidos", _REVENUE, "interest_received"),
    ("4.3.2", "Multas recebidas", _REVENUE, "fines_received"),
    ("4.3.3", "Descontos obtidos", _REVENUE, "discounts_received"),
    ("4.4", "Outras receitas", _REVENUE, ""),
    ("4.4.1", "Outras receitas operacionais", _REVENUE, ""),
    ("5", "Custos e despesas", _EXPENSE, ""),
    ("5.1", "Custo das vendas", _EXPENSE, ""),
    ("5.1.1", "Custo das mercadorias vendidas", _EXPENSE, "goods_sold"),
    ("5.1.2", "Diferenças de inventário", _EXPENSE, "stock_differences"),
    ("5.1.3", "Diferenças de custo", _EXPENSE, "cost_differences"),
    ("5.1.4", "Diferenças de preço de compra", _EXPENSE, "price_differences"),
    ("5.2", "Despesas administrativas", _EXPENSE, ""),
    ("5.2.01", "Salários e encargos", _EXPENSE, ""),
    ("5.2.02", "Pró-labore", _EXPENSE, ""),
    ("5.2.03", "Aluguel e condomínio", _EXPENSE, ""),
    ("5.2.04", "Água, luz, telefone e internet", _EXPENSE, ""),
    ("5.2.05", "Serviços de terceiros", _EXPENSE, ""),
    ("5.2.06", "Honorários contábeis", _EXPENSE, ""),
    ("5.2.07", "Material de uso e consumo", _EXPENSE, ""),
    ("5.2.08", "Impostos e taxas diversas", _EXPENSE, ""),
    ("5.2.09", "Depreciação", _EXPENSE, ""),
    ("5.2.10", "Outras compras", _EXPENSE, "other_purchases"),
    ("5.3", "Despesas com vendas", _EXPENSE, ""),
    ("5.3.01", "Comissões", _EXPENSE, ""),
    ("5.3.02", "Fretes e entregas", _EXPENSE, ""),
    ("5.3.03", "Propaganda", _EXPENSE, ""),
    ("5.3.04", "Descontos concedidos", _EXPENSE, "discounts_granted"),
    ("5.3.05", "Perdas com clientes", _EXPENSE, "bad_debts"),
    ("5.3.06", "Diferenças de caixa", _EXPENSE, "till_differences"),
    ("5.4", "Despesas financeiras", _EXPENSE, ""),
    ("5.4.1", "Juros pagos", _EXPENSE, "interest_paid"),
    ("5.4.2", "Tarifas bancárias", _EXPENSE, ""),
    ("5.5", "Tributos sobre o lucro", _EXPENSE, ""),
    ("5.5.1", "IRPJ e CSLL", _EXPENSE, ""),
)

_ACCOUNTS, _RESULT, _SUBTOTAL, _TOTAL, _RUNNING = "accounts", "result", "subtotal", "total", "running"
_LAYOUTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "income": (
        (_ACCOUNTS, "4.1"),
        (_ACCOUNTS, "4.2"),
        (_RUNNING, "Receita líquida"),
        (_ACCOUNTS, "5.1"),
        (_RUNNING, "Lucro bruto"),
        (_ACCOUNTS, "5.2"),
        (_ACCOUNTS, "5.3"),
        (_ACCOUNTS, "4.4"),
        (_RUNNING, "Resultado antes das receitas e despesas financeiras"),
        (_ACCOUNTS, "4.3"),
        (_ACCOUNTS, "5.4"),
        (_RUNNING, "Resultado antes dos tributos sobre o lucro"),
        (_ACCOUNTS, "5.5"),
        (_RUNNING, "Resultado líquido"),
    ),
    "balance": (
        (_ACCOUNTS, "1.1.1"),
        (_ACCOUNTS, "1.1.2"),
        (_ACCOUNTS, "1.1.3"),
        (_ACCOUNTS, "1.1.4"),
        (_ACCOUNTS, "1.1.5"),
        (_SUBTOTAL, "Ativo circulante"),
        (_ACCOUNTS, "1.2.1"),
        (_ACCOUNTS, "1.2.2"),
        (_ACCOUNTS, "1.2.3"),
        (_SUBTOTAL, "Ativo não circulante"),
        (_TOTAL, "Total do ativo"),
        (_ACCOUNTS, "2.1.1"),
        (_ACCOUNTS, "2.1.2"),
        (_ACCOUNTS, "2.1.3"),
        (_ACCOUNTS, "2.1.4"),
        (_ACCOUNTS, "2.1.5"),
        (_ACCOUNTS, "2.1.6"),
        (_SUBTOTAL, "Passivo circulante"),
        (_ACCOUNTS, "2.2"),
        (_SUBTOTAL, "Passivo não circulante"),
        (_ACCOUNTS, "3.1"),
        (_ACCOUNTS, "3.2"),
        (_RESULT, "Resultado acumulado a destinar"),
        (_SUBTOTAL, "Patrimônio líquido"),
        (_TOTAL, "Total do passivo e do patrimônio líquido"),
    ),
}


class BrazilianChart:
    """O plano de contas que a contabilidade oferece a uma empresa no Brasil."""

    country = "BR"

    def accounts(self) -> Sequence[Planned]:
        """As contas, as de cima antes das de baixo."""
        return [
            Planned(code, name, kind, (role,) if role else (), role in ("cash", "bank"))
            for code, name, kind, role in _TREE
        ]

    def layouts(self) -> Mapping[str, Sequence[PlannedLine]]:
        """A demonstração do resultado e o balanço patrimonial."""
        return {
            report: [
                PlannedLine(kind, code=what) if kind == _ACCOUNTS else PlannedLine(kind, what) for kind, what in lines
            ]
            for report, lines in _LAYOUTS.items()
        }
