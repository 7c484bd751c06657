CREATE TABLE branch (
	code VARCHAR(10) NOT NULL,
	name VARCHAR(80) NOT NULL,
	state VARCHAR(2),
	city VARCHAR(80),
	address VARCHAR(160),
	phone VARCHAR(30),
	monday VARCHAR(60) NOT NULL,
	tuesday VARCHAR(60) NOT NULL,
	wednesday VARCHAR(60) NOT NULL,
	thursday VARCHAR(60) NOT NULL,
	friday VARCHAR(60) NOT NULL,
	saturday VARCHAR(60) NOT NULL,
	sunday VARCHAR(60) NOT NULL,
	folded TEXT NOT NULL,
	archived BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_branch PRIMARY KEY (id),
	CONSTRAINT uq_branch_code UNIQUE (code)
)
-- next
CREATE TABLE case_head (
	flow VARCHAR(40) NOT NULL,
	subject_table VARCHAR(40) NOT NULL,
	subject_id CHAR(32) NOT NULL,
	title VARCHAR(160) NOT NULL,
	branch_id CHAR(32) NOT NULL,
	state VARCHAR(8) NOT NULL,
	outcome VARCHAR,
	priority INTEGER NOT NULL,
	opened_at VARCHAR(32) NOT NULL,
	closed_at VARCHAR(32),
	off_script BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_case_head PRIMARY KEY (id),
	CONSTRAINT uq_case_head_subject_id UNIQUE (subject_id)
)
-- next
CREATE TABLE command_journal (
	name VARCHAR(80) NOT NULL,
	person_id CHAR(32),
	station VARCHAR(40) NOT NULL,
	at VARCHAR(32) NOT NULL,
	state VARCHAR(8) NOT NULL,
	payload TEXT NOT NULL,
	outcome TEXT,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_command_journal PRIMARY KEY (id)
)
-- next
CREATE INDEX ix_command_journal_at ON command_journal (at)
-- next
CREATE TABLE company (
	single INTEGER NOT NULL,
	name VARCHAR(120) NOT NULL,
	tax_id VARCHAR(20),
	zone VARCHAR(60) NOT NULL,
	country VARCHAR(2) NOT NULL,
	language VARCHAR(8) NOT NULL,
	currency VARCHAR(3) NOT NULL,
	sample BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_company PRIMARY KEY (id),
	CONSTRAINT ck_one_company CHECK (single = 1),
	CONSTRAINT uq_company_single UNIQUE (single)
)
-- next
CREATE TABLE department (
	code VARCHAR(40) NOT NULL,
	name VARCHAR(80) NOT NULL,
	folded TEXT NOT NULL,
	archived BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_department PRIMARY KEY (id),
	CONSTRAINT uq_department_code UNIQUE (code)
)
-- next
CREATE TABLE failure (
	code VARCHAR(80) NOT NULL,
	params TEXT NOT NULL,
	subject_table VARCHAR(40) NOT NULL,
	subject_id CHAR(32) NOT NULL,
	step TEXT,
	since_at VARCHAR(32) NOT NULL,
	last_at VARCHAR(32) NOT NULL,
	times INTEGER NOT NULL,
	cause_key VARCHAR(120) NOT NULL,
	state VARCHAR(8) NOT NULL,
	closed_at VARCHAR(32),
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_failure PRIMARY KEY (id)
)
-- next
CREATE INDEX ix_failure_subject_id ON failure (subject_id)
-- next
CREATE UNIQUE INDEX uq_failure_cause_key_subject_id ON failure (cause_key, subject_id) WHERE state = 'open'
-- next
CREATE TABLE measure_unit (
	code VARCHAR(6) NOT NULL,
	name VARCHAR(40) NOT NULL,
	decimals INTEGER NOT NULL,
	archived BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_measure_unit PRIMARY KEY (id),
	CONSTRAINT ck_measure_unit_decimals CHECK (decimals BETWEEN 0 AND 4),
	CONSTRAINT uq_measure_unit_code UNIQUE (code)
)
-- next
CREATE TABLE number_series (
	branch_id CHAR(32) NOT NULL,
	device VARCHAR(40) NOT NULL,
	kind VARCHAR(40) NOT NULL,
	last BIGINT NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_number_series PRIMARY KEY (id),
	CONSTRAINT uq_number_series_branch_id_device_kind UNIQUE (branch_id, device, kind)
)
-- next
CREATE TABLE party (
	kind VARCHAR(8) NOT NULL,
	name VARCHAR(120) NOT NULL,
	legal_name VARCHAR(160),
	tax_id VARCHAR(40),
	tax_id_kind VARCHAR(10),
	tax_id_shown VARCHAR(40),
	name_key VARCHAR(160) NOT NULL,
	folded TEXT NOT NULL,
	notes TEXT NOT NULL,
	archived BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_party PRIMARY KEY (id),
	CONSTRAINT ck_party_kind CHECK (kind IN ('person', 'company')),
	CONSTRAINT ck_party_tax_id_shown CHECK ((tax_id IS NULL) = (tax_id_shown IS NULL))
)
-- next
CREATE INDEX ix_party_name_key ON party (name_key)
-- next
CREATE INDEX ix_party_tax_id ON party (tax_id)
-- next
CREATE TABLE price_list (
	code VARCHAR(20) NOT NULL,
	name VARCHAR(60) NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_price_list PRIMARY KEY (id),
	CONSTRAINT uq_price_list_code UNIQUE (code)
)
-- next
CREATE TABLE role (
	code VARCHAR(40) NOT NULL,
	name VARCHAR(80) NOT NULL,
	ready_made BOOLEAN NOT NULL,
	added TEXT NOT NULL,
	removed TEXT NOT NULL,
	gives TEXT NOT NULL,
	discount_rate_max BIGINT NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_role PRIMARY KEY (id),
	CONSTRAINT uq_role_code UNIQUE (code)
)
-- next
CREATE TABLE row_audit (
	id INTEGER NOT NULL,
	table_name VARCHAR(60) NOT NULL,
	row_id CHAR(32) NOT NULL,
	command_id CHAR(32) NOT NULL,
	"before" TEXT NOT NULL,
	"after" TEXT NOT NULL,
	CONSTRAINT pk_row_audit PRIMARY KEY (id)
)
-- next
CREATE INDEX ix_row_audit_command_id ON row_audit (command_id)
-- next
CREATE INDEX ix_row_audit_row_id ON row_audit (row_id)
-- next
CREATE TABLE schema_mark (
	name VARCHAR(60) NOT NULL,
	value VARCHAR(200) NOT NULL,
	CONSTRAINT pk_schema_mark PRIMARY KEY (name)
)
-- next
CREATE TABLE setting (
	code VARCHAR(80) NOT NULL,
	value TEXT NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_setting PRIMARY KEY (id),
	CONSTRAINT uq_setting_code UNIQUE (code)
)
-- next
CREATE TABLE branch_exception (
	branch_id CHAR(32) NOT NULL,
	day DATE NOT NULL,
	name VARCHAR(80) NOT NULL,
	hours VARCHAR(60) NOT NULL,
	archived BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_branch_exception PRIMARY KEY (id),
	CONSTRAINT uq_branch_exception_branch_id_day UNIQUE (branch_id, day),
	CONSTRAINT fk_branch_exception_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id)
)
-- next
CREATE TABLE carrier (
	party_id CHAR(32) NOT NULL,
	active BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_carrier PRIMARY KEY (id),
	CONSTRAINT uq_carrier_party_id UNIQUE (party_id),
	CONSTRAINT fk_carrier_party_id FOREIGN KEY(party_id) REFERENCES party (id)
)
-- next
CREATE TABLE case_step (
	case_id CHAR(32) NOT NULL,
	name VARCHAR(40) NOT NULL,
	position INTEGER NOT NULL,
	department VARCHAR(40) NOT NULL,
	state VARCHAR(8) NOT NULL,
	person_id CHAR(32),
	opened_at VARCHAR(32) NOT NULL,
	started_at VARCHAR(32),
	due_at VARCHAR(32),
	closed_at VARCHAR(32),
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_case_step PRIMARY KEY (id),
	CONSTRAINT fk_case_step_case_id FOREIGN KEY(case_id) REFERENCES case_head (id)
)
-- next
CREATE INDEX ix_case_step_case_id ON case_step (case_id)
-- next
CREATE INDEX ix_case_step_queue ON case_step (state, department, due_at)
-- next
CREATE UNIQUE INDEX uq_case_step_case_id ON case_step (case_id) WHERE state = 'open'
-- next
CREATE TABLE customer (
	party_id CHAR(32) NOT NULL,
	active BOOLEAN NOT NULL,
	credit_limit_amount BIGINT,
	blocked BOOLEAN NOT NULL,
	block_reason VARCHAR(200),
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_customer PRIMARY KEY (id),
	CONSTRAINT ck_customer_block_has_reason CHECK (NOT blocked OR block_reason IS NOT NULL),
	CONSTRAINT ck_customer_credit_limit CHECK (credit_limit_amount >= 0),
	CONSTRAINT uq_customer_party_id UNIQUE (party_id),
	CONSTRAINT fk_customer_party_id FOREIGN KEY(party_id) REFERENCES party (id)
)
-- next
CREATE TABLE employee (
	party_id CHAR(32) NOT NULL,
	active BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_employee PRIMARY KEY (id),
	CONSTRAINT uq_employee_party_id UNIQUE (party_id),
	CONSTRAINT fk_employee_party_id FOREIGN KEY(party_id) REFERENCES party (id)
)
-- next
CREATE TABLE invoice (
	branch_id CHAR(32) NOT NULL,
	device VARCHAR(40) NOT NULL,
	number BIGINT NOT NULL,
	issued_on DATE NOT NULL,
	party_id CHAR(32) NOT NULL,
	buyer_name VARCHAR(160) NOT NULL,
	buyer_tax_id VARCHAR(40),
	buyer_address TEXT,
	source_table VARCHAR(40) NOT NULL,
	source_id CHAR(32) NOT NULL,
	source_number BIGINT,
	payment_terms VARCHAR(80) NOT NULL,
	gross_amount BIGINT NOT NULL,
	discount_amount BIGINT NOT NULL,
	total_amount BIGINT NOT NULL,
	folded TEXT NOT NULL,
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_invoice PRIMARY KEY (id),
	CONSTRAINT uq_invoice_branch_id_device_number UNIQUE (branch_id, device, number),
	CONSTRAINT uq_invoice_id_command_id UNIQUE (id, command_id),
	CONSTRAINT uq_invoice_source_table_source_id UNIQUE (source_table, source_id),
	CONSTRAINT ck_invoice_amounts CHECK (gross_amount - discount_amount = total_amount AND total_amount >= 0),
	CONSTRAINT ck_invoice_number CHECK (number > 0),
	CONSTRAINT fk_invoice_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
	CONSTRAINT fk_invoice_party_id FOREIGN KEY(party_id) REFERENCES party (id),
	CONSTRAINT fk_invoice_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_invoice_party_id ON invoice (party_id)
-- next
CREATE INDEX ix_invoice_branch_id ON invoice (branch_id)
-- next
CREATE INDEX ix_invoice_issued_on ON invoice (branch_id, issued_on)
-- next
CREATE INDEX ix_invoice_source_id ON invoice (source_id)
-- next
CREATE TABLE outbox (
	command_id CHAR(32) NOT NULL,
	listener VARCHAR(80) NOT NULL,
	event VARCHAR(80) NOT NULL,
	payload TEXT NOT NULL,
	target TEXT,
	state VARCHAR(8) NOT NULL,
	tries INTEGER NOT NULL,
	due_at VARCHAR(32) NOT NULL,
	claimed_by CHAR(32),
	claimed_until VARCHAR(32),
	generation INTEGER NOT NULL,
	error TEXT,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_outbox PRIMARY KEY (id),
	CONSTRAINT fk_outbox_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_outbox_state ON outbox (state)
-- next
CREATE INDEX ix_outbox_command_id ON outbox (command_id)
-- next
CREATE TABLE party_address (
	party_id CHAR(32) NOT NULL,
	position INTEGER NOT NULL,
	purpose VARCHAR(10) NOT NULL,
	street VARCHAR(120) NOT NULL,
	number VARCHAR(20) NOT NULL,
	complement VARCHAR(80) NOT NULL,
	district VARCHAR(80) NOT NULL,
	city VARCHAR(80) NOT NULL,
	state VARCHAR(3) NOT NULL,
	postcode VARCHAR(12) NOT NULL,
	country VARCHAR(2) NOT NULL,
	archived BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_party_address PRIMARY KEY (id),
	CONSTRAINT ck_party_address_purpose CHECK (purpose IN ('main', 'billing', 'delivery', 'other')),
	CONSTRAINT fk_party_address_party_id FOREIGN KEY(party_id) REFERENCES party (id)
)
-- next
CREATE INDEX ix_party_address_party_id ON party_address (party_id, position)
-- next
CREATE TABLE party_contact (
	party_id CHAR(32) NOT NULL,
	position INTEGER NOT NULL,
	purpose VARCHAR(10) NOT NULL,
	name VARCHAR(80) NOT NULL,
	email VARCHAR(120) NOT NULL,
	phone VARCHAR(30) NOT NULL,
	archived BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_party_contact PRIMARY KEY (id),
	CONSTRAINT ck_party_contact_purpose CHECK (purpose IN ('general', 'purchasing', 'finance', 'delivery', 'other')),
	CONSTRAINT fk_party_contact_party_id FOREIGN KEY(party_id) REFERENCES party (id)
)
-- next
CREATE INDEX ix_party_contact_party_id ON party_contact (party_id, position)
-- next
CREATE TABLE person (
	login VARCHAR(40) NOT NULL,
	name VARCHAR(80) NOT NULL,
	email VARCHAR(120),
	folded TEXT NOT NULL,
	verifier TEXT,
	branch_id CHAR(32) NOT NULL,
	department_id CHAR(32),
	boss_id CHAR(32),
	language VARCHAR(8) NOT NULL,
	all_branches BOOLEAN NOT NULL,
	locked BOOLEAN NOT NULL,
	archived BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_person PRIMARY KEY (id),
	CONSTRAINT ck_person_not_own_boss CHECK (boss_id <> id),
	CONSTRAINT uq_person_login UNIQUE (login),
	CONSTRAINT fk_person_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
	CONSTRAINT fk_person_department_id FOREIGN KEY(department_id) REFERENCES department (id),
	CONSTRAINT fk_person_boss_id FOREIGN KEY(boss_id) REFERENCES person (id)
)
-- next
CREATE INDEX ix_person_department_id ON person (department_id)
-- next
CREATE INDEX ix_person_branch_id ON person (branch_id)
-- next
CREATE INDEX ix_person_boss_id ON person (boss_id)
-- next
CREATE TABLE product (
	code VARCHAR(30) NOT NULL,
	name VARCHAR(120) NOT NULL,
	kind VARCHAR(8) NOT NULL,
	unit_code VARCHAR(6) NOT NULL,
	tax_code VARCHAR(20),
	note VARCHAR(500),
	folded VARCHAR(400) NOT NULL,
	archived BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_product PRIMARY KEY (id),
	CONSTRAINT ck_product_kind CHECK (kind IN ('stock', 'service')),
	CONSTRAINT uq_product_code UNIQUE (code),
	CONSTRAINT fk_product_unit_code FOREIGN KEY(unit_code) REFERENCES measure_unit (code)
)
-- next
CREATE INDEX ix_product_name ON product (name)
-- next
CREATE TABLE supplier (
	party_id CHAR(32) NOT NULL,
	active BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_supplier PRIMARY KEY (id),
	CONSTRAINT uq_supplier_party_id UNIQUE (party_id),
	CONSTRAINT fk_supplier_party_id FOREIGN KEY(party_id) REFERENCES party (id)
)
-- next
CREATE TABLE tax_rate (
	tax_code VARCHAR(20) NOT NULL,
	valid_from DATE NOT NULL,
	rate BIGINT NOT NULL,
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_tax_rate PRIMARY KEY (id),
	CONSTRAINT ck_tax_rate_rate CHECK (rate BETWEEN 0 AND 1000000),
	CONSTRAINT fk_tax_rate_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_tax_rate_code ON tax_rate (tax_code, valid_from)
-- next
CREATE TABLE warehouse (
	branch_id CHAR(32) NOT NULL,
	code VARCHAR(10) NOT NULL,
	name VARCHAR(80) NOT NULL,
	main BOOLEAN NOT NULL,
	archived BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_warehouse PRIMARY KEY (id),
	CONSTRAINT fk_warehouse_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
	CONSTRAINT uq_warehouse_code UNIQUE (code)
)
-- next
CREATE UNIQUE INDEX uq_warehouse_branch_id ON warehouse (branch_id) WHERE main
-- next
CREATE INDEX ix_warehouse_branch_id ON warehouse (branch_id)
-- next
CREATE TABLE contact_log (
	branch_id CHAR(32) NOT NULL,
	spoken_at VARCHAR(32) NOT NULL,
	channel VARCHAR(10) NOT NULL,
	customer_id CHAR(32),
	name VARCHAR(120) NOT NULL,
	reach VARCHAR(120) NOT NULL,
	note TEXT NOT NULL,
	internal_note TEXT NOT NULL,
	person_id CHAR(32),
	folded VARCHAR(500) NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_contact_log PRIMARY KEY (id),
	CONSTRAINT ck_contact_log_channel CHECK (channel IN ('counter', 'phone', 'email', 'whatsapp', 'site')),
	CONSTRAINT fk_contact_log_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
	CONSTRAINT fk_contact_log_customer_id FOREIGN KEY(customer_id) REFERENCES party (id),
	CONSTRAINT fk_contact_log_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)
-- next
CREATE INDEX ix_contact_log_person_id ON contact_log (person_id)
-- next
CREATE INDEX ix_contact_log_customer_id ON contact_log (customer_id)
-- next
CREATE INDEX ix_contact_log_spoken_at ON contact_log (spoken_at)
-- next
CREATE INDEX ix_contact_log_branch_id ON contact_log (branch_id)
-- next
CREATE TABLE expected_entry (
	expected_id CHAR(32) NOT NULL,
	kind VARCHAR(10) NOT NULL,
	product_id CHAR(32) NOT NULL,
	warehouse_id CHAR(32) NOT NULL,
	expected_on DATE NOT NULL,
	quantity BIGINT NOT NULL,
	document_table VARCHAR(40) NOT NULL,
	document_id CHAR(32) NOT NULL,
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_expected_entry PRIMARY KEY (id),
	CONSTRAINT ck_expected_entry_kind CHECK (kind IN ('expect', 'receive', 'cancel', 'postpone')),
	CONSTRAINT ck_expected_entry_document CHECK (document_table <> ''),
	CONSTRAINT fk_expected_entry_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_expected_entry_warehouse_id FOREIGN KEY(warehouse_id) REFERENCES warehouse (id),
	CONSTRAINT fk_expected_entry_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_expected_entry_expected_id ON expected_entry (expected_id)
-- next
CREATE INDEX ix_expected_entry_document_id ON expected_entry (document_id)
-- next
CREATE TABLE expected_movement (
	product_id CHAR(32) NOT NULL,
	warehouse_id CHAR(32) NOT NULL,
	expected_on DATE NOT NULL,
	quantity BIGINT DEFAULT '0' NOT NULL,
	pegged BIGINT DEFAULT '0' NOT NULL,
	document_table VARCHAR(40) NOT NULL,
	document_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_expected_movement PRIMARY KEY (id),
	CONSTRAINT ck_expected_movement_pegged CHECK (pegged BETWEEN 0 AND quantity),
	CONSTRAINT fk_expected_movement_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_expected_movement_warehouse_id FOREIGN KEY(warehouse_id) REFERENCES warehouse (id)
)
-- next
CREATE INDEX ix_expected_movement_document_id ON expected_movement (document_id)
-- next
CREATE INDEX ix_expected_movement_product ON expected_movement (product_id, warehouse_id, expected_on)
-- next
CREATE TABLE instalment (
	invoice_id CHAR(32) NOT NULL,
	position INTEGER NOT NULL,
	due_on DATE NOT NULL,
	amount BIGINT NOT NULL,
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_instalment PRIMARY KEY (id),
	CONSTRAINT fk_instalment_invoice_id FOREIGN KEY(invoice_id, command_id) REFERENCES invoice (id, command_id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT uq_instalment_invoice_id_position UNIQUE (invoice_id, position),
	CONSTRAINT ck_instalment_amount CHECK (amount > 0),
	CONSTRAINT fk_instalment_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_instalment_head ON instalment (invoice_id, command_id)
-- next
CREATE INDEX ix_instalment_due_on ON instalment (due_on)
-- next
CREATE TABLE invoice_line (
	invoice_id CHAR(32) NOT NULL,
	position INTEGER NOT NULL,
	product_id CHAR(32) NOT NULL,
	code VARCHAR(60) NOT NULL,
	name VARCHAR(200) NOT NULL,
	unit_code VARCHAR(12) NOT NULL,
	quantity BIGINT NOT NULL,
	unit_price BIGINT NOT NULL,
	discount_rate BIGINT NOT NULL,
	gross_amount BIGINT NOT NULL,
	discount_amount BIGINT NOT NULL,
	net_amount BIGINT NOT NULL,
	source_line_id CHAR(32),
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_invoice_line PRIMARY KEY (id),
	CONSTRAINT fk_invoice_line_invoice_id FOREIGN KEY(invoice_id, command_id) REFERENCES invoice (id, command_id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT uq_invoice_line_invoice_id_position UNIQUE (invoice_id, position),
	CONSTRAINT ck_invoice_line_amounts CHECK (gross_amount - discount_amount = net_amount AND net_amount >= 0),
	CONSTRAINT ck_invoice_line_quantity CHECK (quantity > 0 AND unit_price >= 0),
	CONSTRAINT fk_invoice_line_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_invoice_line_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_invoice_line_product_id ON invoice_line (product_id)
-- next
CREATE INDEX ix_invoice_line_head ON invoice_line (invoice_id, command_id)
-- next
CREATE TABLE location (
	warehouse_id CHAR(32) NOT NULL,
	code VARCHAR(20) NOT NULL,
	name VARCHAR(80) NOT NULL,
	route INTEGER NOT NULL,
	archived BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_location PRIMARY KEY (id),
	CONSTRAINT uq_location_warehouse_id_code UNIQUE (warehouse_id, code),
	CONSTRAINT uq_location_id_warehouse_id UNIQUE (id, warehouse_id),
	CONSTRAINT fk_location_warehouse_id FOREIGN KEY(warehouse_id) REFERENCES warehouse (id)
)
-- next
CREATE TABLE person_branch (
	person_id CHAR(32) NOT NULL,
	branch_id CHAR(32) NOT NULL,
	active BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_person_branch PRIMARY KEY (id),
	CONSTRAINT uq_person_branch_person_id_branch_id UNIQUE (person_id, branch_id),
	CONSTRAINT fk_person_branch_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_person_branch_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id)
)
-- next
CREATE INDEX ix_person_branch_person_id ON person_branch (person_id)
-- next
CREATE INDEX ix_person_branch_branch_id ON person_branch (branch_id)
-- next
CREATE TABLE person_role (
	person_id CHAR(32) NOT NULL,
	role_id CHAR(32) NOT NULL,
	active BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_person_role PRIMARY KEY (id),
	CONSTRAINT uq_person_role_person_id_role_id UNIQUE (person_id, role_id),
	CONSTRAINT fk_person_role_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_person_role_role_id FOREIGN KEY(role_id) REFERENCES role (id)
)
-- next
CREATE INDEX ix_person_role_role_id ON person_role (role_id)
-- next
CREATE INDEX ix_person_role_person_id ON person_role (person_id)
-- next
CREATE TABLE product_code (
	product_id CHAR(32) NOT NULL,
	kind VARCHAR(4) NOT NULL,
	code VARCHAR(30) NOT NULL,
	active BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_product_code PRIMARY KEY (id),
	CONSTRAINT ck_product_code_kind CHECK (kind IN ('own', 'gtin')),
	CONSTRAINT fk_product_code_product_id FOREIGN KEY(product_id) REFERENCES product (id)
)
-- next
CREATE INDEX ix_product_code_product_id ON product_code (product_id)
-- next
CREATE UNIQUE INDEX uq_product_code_code ON product_code (code) WHERE active
-- next
CREATE TABLE product_price (
	list_id CHAR(32) NOT NULL,
	product_id CHAR(32) NOT NULL,
	valid_from DATE NOT NULL,
	valid_to DATE,
	price BIGINT NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_product_price PRIMARY KEY (id),
	CONSTRAINT ck_product_price_price CHECK (price >= 0),
	CONSTRAINT fk_product_price_list_id FOREIGN KEY(list_id) REFERENCES price_list (id),
	CONSTRAINT fk_product_price_product_id FOREIGN KEY(product_id) REFERENCES product (id)
)
-- next
CREATE INDEX ix_product_price_valid ON product_price (product_id, list_id, valid_from)
-- next
CREATE UNIQUE INDEX uq_product_price_list_id_product_id ON product_price (list_id, product_id) WHERE valid_to IS NULL
-- next
CREATE TABLE product_substitute (
	product_id CHAR(32) NOT NULL,
	substitute_id CHAR(32) NOT NULL,
	position INTEGER NOT NULL,
	active BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_product_substitute PRIMARY KEY (id),
	CONSTRAINT uq_product_substitute_product_id_substitute_id UNIQUE (product_id, substitute_id),
	CONSTRAINT ck_product_substitute_other CHECK (product_id <> substitute_id),
	CONSTRAINT fk_product_substitute_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_product_substitute_substitute_id FOREIGN KEY(substitute_id) REFERENCES product (id)
)
-- next
CREATE INDEX ix_product_substitute_product_id ON product_substitute (product_id)
-- next
CREATE TABLE reservation_broken (
	cause VARCHAR(10) NOT NULL,
	product_id CHAR(32) NOT NULL,
	warehouse_id CHAR(32) NOT NULL,
	quantity BIGINT NOT NULL,
	priority INTEGER NOT NULL,
	promised_on DATE,
	document_table VARCHAR(40) NOT NULL,
	document_id CHAR(32) NOT NULL,
	line_id CHAR(32) NOT NULL,
	cause_table VARCHAR(40) NOT NULL,
	cause_id CHAR(32) NOT NULL,
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_reservation_broken PRIMARY KEY (id),
	CONSTRAINT ck_reservation_broken_quantity CHECK (quantity > 0),
	CONSTRAINT ck_reservation_broken_document CHECK (document_table <> ''),
	CONSTRAINT ck_reservation_broken_cause CHECK (cause IN ('count', 'damage', 'hold', 'receipt', 'late', 'cancel', 'negative')),
	CONSTRAINT fk_reservation_broken_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_reservation_broken_warehouse_id FOREIGN KEY(warehouse_id) REFERENCES warehouse (id),
	CONSTRAINT fk_reservation_broken_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_reservation_broken_cause_id ON reservation_broken (cause_id)
-- next
CREATE INDEX ix_reservation_broken_document_id ON reservation_broken (document_id)
-- next
CREATE TABLE stock_balance (
	product_id CHAR(32) NOT NULL,
	warehouse_id CHAR(32) NOT NULL,
	on_hand BIGINT DEFAULT '0' NOT NULL,
	held BIGINT DEFAULT '0' NOT NULL,
	reserved BIGINT DEFAULT '0' NOT NULL,
	allowed_negative BIGINT DEFAULT '0' NOT NULL,
	CONSTRAINT pk_stock_balance PRIMARY KEY (product_id, warehouse_id),
	CONSTRAINT ck_stock_balance_on_hand CHECK (on_hand >= -allowed_negative),
	CONSTRAINT ck_stock_balance_allowed CHECK (allowed_negative >= 0),
	CONSTRAINT ck_stock_balance_reserved CHECK (reserved >= 0 AND reserved <= max(0, on_hand - held + allowed_negative)),
	CONSTRAINT ck_stock_balance_held CHECK (held >= 0 AND held <= max(0, on_hand + allowed_negative)),
	CONSTRAINT fk_stock_balance_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_stock_balance_warehouse_id FOREIGN KEY(warehouse_id) REFERENCES warehouse (id)
)
-- next
CREATE INDEX ix_stock_balance_warehouse_id ON stock_balance (warehouse_id)
-- next
CREATE TABLE stock_document (
	branch_id CHAR(32) NOT NULL,
	warehouse_id CHAR(32) NOT NULL,
	kind VARCHAR(8) NOT NULL,
	number BIGINT NOT NULL,
	on_day DATE NOT NULL,
	party_id CHAR(32),
	reason VARCHAR(200) NOT NULL,
	person_id CHAR(32),
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_stock_document PRIMARY KEY (id),
	CONSTRAINT ck_stock_document_kind CHECK (kind IN ('receipt', 'count', 'damage', 'transfer')),
	CONSTRAINT uq_stock_document_branch_id_kind_number UNIQUE (branch_id, kind, number),
	CONSTRAINT fk_stock_document_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
	CONSTRAINT fk_stock_document_warehouse_id FOREIGN KEY(warehouse_id) REFERENCES warehouse (id),
	CONSTRAINT fk_stock_document_party_id FOREIGN KEY(party_id) REFERENCES party (id),
	CONSTRAINT fk_stock_document_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_stock_document_warehouse_id ON stock_document (warehouse_id)
-- next
CREATE INDEX ix_stock_document_branch_id ON stock_document (branch_id)
-- next
CREATE TABLE authorised_negative (
	authorisation_id CHAR(32) NOT NULL,
	product_id CHAR(32) NOT NULL,
	warehouse_id CHAR(32) NOT NULL,
	location_id CHAR(32) NOT NULL,
	lot VARCHAR(40) NOT NULL,
	quantity BIGINT NOT NULL,
	reason VARCHAR(200) NOT NULL,
	person_id CHAR(32),
	document_table VARCHAR(40) NOT NULL,
	document_id CHAR(32) NOT NULL,
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_authorised_negative PRIMARY KEY (id),
	CONSTRAINT ck_authorised_negative_quantity CHECK (quantity <> 0),
	CONSTRAINT ck_authorised_negative_document CHECK (document_table <> ''),
	CONSTRAINT fk_authorised_negative_location_id FOREIGN KEY(location_id, warehouse_id) REFERENCES location (id, warehouse_id),
	CONSTRAINT fk_authorised_negative_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_authorised_negative_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_authorised_negative_product ON authorised_negative (product_id, warehouse_id)
-- next
CREATE INDEX ix_authorised_negative_authorisation_id ON authorised_negative (authorisation_id)
-- next
CREATE INDEX ix_authorised_negative_document_id ON authorised_negative (document_id)
-- next
CREATE TABLE bin_balance (
	product_id CHAR(32) NOT NULL,
	location_id CHAR(32) NOT NULL,
	lot VARCHAR(40) NOT NULL,
	on_hand BIGINT DEFAULT '0' NOT NULL,
	picked BIGINT DEFAULT '0' NOT NULL,
	allowed_negative BIGINT DEFAULT '0' NOT NULL,
	CONSTRAINT pk_bin_balance PRIMARY KEY (product_id, location_id, lot),
	CONSTRAINT ck_bin_balance_on_hand CHECK (on_hand >= -allowed_negative),
	CONSTRAINT ck_bin_balance_allowed CHECK (allowed_negative >= 0),
	CONSTRAINT ck_bin_balance_picked CHECK (picked >= 0 AND picked <= max(0, on_hand)),
	CONSTRAINT fk_bin_balance_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_bin_balance_location_id FOREIGN KEY(location_id) REFERENCES location (id)
)
-- next
CREATE INDEX ix_bin_balance_location_id ON bin_balance (location_id)
-- next
CREATE TABLE sales_order (
	number BIGINT NOT NULL,
	branch_id CHAR(32) NOT NULL,
	customer_id CHAR(32) NOT NULL,
	contact_id CHAR(32),
	channel VARCHAR(10) NOT NULL,
	seller_id CHAR(32),
	warehouse_id CHAR(32) NOT NULL,
	state VARCHAR(10) NOT NULL,
	reason VARCHAR(200) NOT NULL,
	handover VARCHAR(10) NOT NULL,
	payment_terms VARCHAR(80) NOT NULL,
	promised_on DATE NOT NULL,
	valid_until DATE NOT NULL,
	customer_note TEXT NOT NULL,
	internal_note TEXT NOT NULL,
	total_amount BIGINT NOT NULL,
	ordered_at VARCHAR(32) NOT NULL,
	confirmed_at VARCHAR(32),
	invoiced_at VARCHAR(32),
	ended_at VARCHAR(32),
	folded VARCHAR(400) NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_sales_order PRIMARY KEY (id),
	CONSTRAINT uq_sales_order_branch_id_number UNIQUE (branch_id, number),
	CONSTRAINT ck_sales_order_number CHECK (number > 0),
	CONSTRAINT ck_sales_order_total CHECK (total_amount >= 0),
	CONSTRAINT ck_sales_order_state CHECK (state IN ('quotation', 'confirmed', 'held', 'cancelled', 'closed')),
	CONSTRAINT ck_sales_order_channel CHECK (channel IN ('counter', 'phone', 'email', 'whatsapp', 'site')),
	CONSTRAINT ck_sales_order_handover CHECK (handover IN ('delivery', 'pickup')),
	CONSTRAINT ck_sales_order_confirmed CHECK (state IN ('quotation', 'cancelled') OR confirmed_at IS NOT NULL),
	CONSTRAINT fk_sales_order_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
	CONSTRAINT fk_sales_order_customer_id FOREIGN KEY(customer_id) REFERENCES party (id),
	CONSTRAINT fk_sales_order_contact_id FOREIGN KEY(contact_id) REFERENCES contact_log (id),
	CONSTRAINT fk_sales_order_seller_id FOREIGN KEY(seller_id) REFERENCES person (id),
	CONSTRAINT fk_sales_order_warehouse_id FOREIGN KEY(warehouse_id) REFERENCES warehouse (id)
)
-- next
CREATE INDEX ix_sales_order_seller_id ON sales_order (seller_id)
-- next
CREATE INDEX ix_sales_order_customer_id ON sales_order (customer_id)
-- next
CREATE INDEX ix_sales_order_ordered_at ON sales_order (ordered_at)
-- next
CREATE INDEX ix_sales_order_contact_id ON sales_order (contact_id)
-- next
CREATE INDEX ix_sales_order_state ON sales_order (state, promised_on)
-- next
CREATE TABLE stock_document_line (
	document_id CHAR(32) NOT NULL,
	position INTEGER NOT NULL,
	product_id CHAR(32) NOT NULL,
	location_id CHAR(32) NOT NULL,
	to_location_id CHAR(32),
	lot VARCHAR(40) NOT NULL,
	quantity BIGINT NOT NULL,
	booked_quantity BIGINT,
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_stock_document_line PRIMARY KEY (id),
	CONSTRAINT uq_stock_document_line_document_id_position UNIQUE (document_id, position),
	CONSTRAINT fk_stock_document_line_document_id FOREIGN KEY(document_id) REFERENCES stock_document (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_stock_document_line_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_stock_document_line_location_id FOREIGN KEY(location_id) REFERENCES location (id),
	CONSTRAINT fk_stock_document_line_to_location_id FOREIGN KEY(to_location_id) REFERENCES location (id),
	CONSTRAINT fk_stock_document_line_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_stock_document_line_document_id ON stock_document_line (document_id)
-- next
CREATE TABLE stock_hold (
	hold_id CHAR(32) NOT NULL,
	product_id CHAR(32) NOT NULL,
	warehouse_id CHAR(32) NOT NULL,
	location_id CHAR(32) NOT NULL,
	lot VARCHAR(40) NOT NULL,
	quantity BIGINT NOT NULL,
	reason VARCHAR(200) NOT NULL,
	document_table VARCHAR(40) NOT NULL,
	document_id CHAR(32) NOT NULL,
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_stock_hold PRIMARY KEY (id),
	CONSTRAINT ck_stock_hold_quantity CHECK (quantity <> 0),
	CONSTRAINT ck_stock_hold_document CHECK (document_table <> ''),
	CONSTRAINT fk_stock_hold_location_id FOREIGN KEY(location_id, warehouse_id) REFERENCES location (id, warehouse_id),
	CONSTRAINT fk_stock_hold_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_stock_hold_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_stock_hold_hold_id ON stock_hold (hold_id)
-- next
CREATE INDEX ix_stock_hold_product ON stock_hold (product_id, warehouse_id)
-- next
CREATE INDEX ix_stock_hold_document_id ON stock_hold (document_id)
-- next
CREATE TABLE stock_move (
	kind VARCHAR(10) NOT NULL,
	product_id CHAR(32) NOT NULL,
	from_location_id CHAR(32),
	from_warehouse_id CHAR(32),
	to_location_id CHAR(32),
	to_warehouse_id CHAR(32),
	lot VARCHAR(40) NOT NULL,
	quantity BIGINT NOT NULL,
	document_table VARCHAR(40) NOT NULL,
	document_id CHAR(32) NOT NULL,
	line_id CHAR(32),
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_stock_move PRIMARY KEY (id),
	CONSTRAINT ck_stock_move_quantity CHECK (quantity > 0),
	CONSTRAINT ck_stock_move_kind CHECK (kind IN ('receipt', 'count', 'damage', 'transfer', 'ship', 'return')),
	CONSTRAINT ck_stock_move_places CHECK ((from_location_id IS NOT NULL OR to_location_id IS NOT NULL) AND from_location_id <> to_location_id),
	CONSTRAINT ck_stock_move_warehouses CHECK ((from_location_id IS NULL) = (from_warehouse_id IS NULL) AND (to_location_id IS NULL) = (to_warehouse_id IS NULL)),
	CONSTRAINT ck_stock_move_document CHECK (document_table <> ''),
	CONSTRAINT fk_stock_move_from_location_id FOREIGN KEY(from_location_id, from_warehouse_id) REFERENCES location (id, warehouse_id),
	CONSTRAINT fk_stock_move_to_location_id FOREIGN KEY(to_location_id, to_warehouse_id) REFERENCES location (id, warehouse_id),
	CONSTRAINT fk_stock_move_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_stock_move_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_stock_move_product_id ON stock_move (product_id)
-- next
CREATE INDEX ix_stock_move_document_id ON stock_move (document_id)
-- next
CREATE TABLE stock_pick (
	kind VARCHAR(10) NOT NULL,
	product_id CHAR(32) NOT NULL,
	location_id CHAR(32) NOT NULL,
	lot VARCHAR(40) NOT NULL,
	quantity BIGINT NOT NULL,
	document_table VARCHAR(40) NOT NULL,
	document_id CHAR(32) NOT NULL,
	line_id CHAR(32) NOT NULL,
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_stock_pick PRIMARY KEY (id),
	CONSTRAINT ck_stock_pick_quantity CHECK (quantity <> 0),
	CONSTRAINT ck_stock_pick_kind CHECK (kind IN ('pick', 'unpick', 'ship', 'broken')),
	CONSTRAINT ck_stock_pick_document CHECK (document_table <> ''),
	CONSTRAINT fk_stock_pick_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_stock_pick_location_id FOREIGN KEY(location_id) REFERENCES location (id),
	CONSTRAINT fk_stock_pick_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_stock_pick_document_id ON stock_pick (document_id)
-- next
CREATE INDEX ix_stock_pick_bin ON stock_pick (product_id, location_id)
-- next
CREATE TABLE stock_reservation (
	kind VARCHAR(10) NOT NULL,
	product_id CHAR(32) NOT NULL,
	warehouse_id CHAR(32) NOT NULL,
	expected_id CHAR(32),
	quantity BIGINT NOT NULL,
	priority INTEGER NOT NULL,
	promised_on DATE,
	document_table VARCHAR(40) NOT NULL,
	document_id CHAR(32) NOT NULL,
	line_id CHAR(32) NOT NULL,
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_stock_reservation PRIMARY KEY (id),
	CONSTRAINT ck_stock_reservation_quantity CHECK (quantity <> 0),
	CONSTRAINT ck_stock_reservation_kind CHECK (kind IN ('reserve', 'release', 'ship', 'broken', 'arrived')),
	CONSTRAINT ck_stock_reservation_document CHECK (document_table <> ''),
	CONSTRAINT fk_stock_reservation_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_stock_reservation_warehouse_id FOREIGN KEY(warehouse_id) REFERENCES warehouse (id),
	CONSTRAINT fk_stock_reservation_expected_id FOREIGN KEY(expected_id) REFERENCES expected_movement (id),
	CONSTRAINT fk_stock_reservation_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_stock_reservation_product ON stock_reservation (product_id, warehouse_id)
-- next
CREATE INDEX ix_stock_reservation_document_id ON stock_reservation (document_id)
-- next
CREATE INDEX ix_stock_reservation_expected_id ON stock_reservation (expected_id)
-- next
CREATE TABLE promise_consent (
	order_id CHAR(32) NOT NULL,
	promised_on DATE NOT NULL,
	given_by VARCHAR(120) NOT NULL,
	channel VARCHAR(10) NOT NULL,
	shown TEXT NOT NULL,
	note TEXT NOT NULL,
	person_id CHAR(32),
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_promise_consent PRIMARY KEY (id),
	CONSTRAINT ck_promise_consent_channel CHECK (channel IN ('counter', 'phone', 'email', 'whatsapp', 'site')),
	CONSTRAINT fk_promise_consent_order_id FOREIGN KEY(order_id) REFERENCES sales_order (id),
	CONSTRAINT fk_promise_consent_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_promise_consent_order_id ON promise_consent (order_id)
-- next
CREATE TABLE sales_order_line (
	order_id CHAR(32) NOT NULL,
	position INTEGER NOT NULL,
	product_id CHAR(32) NOT NULL,
	kind VARCHAR(8) NOT NULL,
	name VARCHAR(120) NOT NULL,
	unit_code VARCHAR(6) NOT NULL,
	warehouse_id CHAR(32) NOT NULL,
	quantity BIGINT NOT NULL,
	list_price BIGINT,
	price_origin VARCHAR(8) NOT NULL,
	price_list_name VARCHAR(60),
	unit_price BIGINT NOT NULL,
	discount_rate BIGINT NOT NULL,
	gross_amount BIGINT NOT NULL,
	discount_amount BIGINT NOT NULL,
	net_amount BIGINT NOT NULL,
	active BOOLEAN NOT NULL,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_sales_order_line PRIMARY KEY (id),
	CONSTRAINT ck_sales_order_line_quantity CHECK (quantity > 0),
	CONSTRAINT ck_sales_order_line_price CHECK (unit_price >= 0 AND discount_rate BETWEEN 0 AND 1000000),
	CONSTRAINT ck_sales_order_line_net CHECK (gross_amount - discount_amount = net_amount AND net_amount >= 0),
	CONSTRAINT ck_sales_order_line_origin CHECK (price_origin IN ('list', 'typed')),
	CONSTRAINT fk_sales_order_line_order_id FOREIGN KEY(order_id) REFERENCES sales_order (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_sales_order_line_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_sales_order_line_warehouse_id FOREIGN KEY(warehouse_id) REFERENCES warehouse (id)
)
-- next
CREATE INDEX ix_sales_order_line_product_id ON sales_order_line (product_id)
-- next
CREATE INDEX ix_sales_order_line_order_id ON sales_order_line (order_id)
-- next
CREATE TABLE shipment (
	order_id CHAR(32) NOT NULL,
	branch_id CHAR(32) NOT NULL,
	invoice_id CHAR(32) NOT NULL,
	state VARCHAR(10) NOT NULL,
	picked_at VARCHAR(32) NOT NULL,
	picker_id CHAR(32),
	shipped_at VARCHAR(32),
	carrier_id CHAR(32),
	tracking_code VARCHAR(60) NOT NULL,
	delivered_at VARCHAR(32),
	delivered_on DATE,
	receiver_name VARCHAR(80) NOT NULL,
	receiver_document VARCHAR(30) NOT NULL,
	kept BOOLEAN,
	version INTEGER NOT NULL,
	command_id CHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_shipment PRIMARY KEY (id),
	CONSTRAINT uq_shipment_order_id UNIQUE (order_id),
	CONSTRAINT ck_shipment_state CHECK (state IN ('picked', 'shipped', 'delivered')),
	CONSTRAINT ck_shipment_shipped CHECK ((state = 'picked') = (shipped_at IS NULL)),
	CONSTRAINT ck_shipment_delivered CHECK ((state = 'delivered') = (delivered_at IS NOT NULL AND delivered_on IS NOT NULL AND kept IS NOT NULL AND receiver_name <> '')),
	CONSTRAINT fk_shipment_order_id FOREIGN KEY(order_id) REFERENCES sales_order (id),
	CONSTRAINT fk_shipment_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
	CONSTRAINT fk_shipment_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoice (id),
	CONSTRAINT fk_shipment_picker_id FOREIGN KEY(picker_id) REFERENCES person (id),
	CONSTRAINT fk_shipment_carrier_id FOREIGN KEY(carrier_id) REFERENCES party (id)
)
-- next
CREATE INDEX ix_shipment_carrier_id ON shipment (carrier_id)
-- next
CREATE INDEX ix_shipment_state ON shipment (state, branch_id)
-- next
CREATE INDEX ix_shipment_branch_id ON shipment (branch_id)
-- next
CREATE INDEX ix_shipment_delivered_on ON shipment (delivered_on)
-- next
CREATE INDEX ix_shipment_invoice_id ON shipment (invoice_id)
-- next
CREATE TABLE promise (
	order_id CHAR(32) NOT NULL,
	line_id CHAR(32) NOT NULL,
	turn INTEGER NOT NULL,
	quantity BIGINT NOT NULL,
	unit_price BIGINT NOT NULL,
	net_amount BIGINT NOT NULL,
	promised_on DATE NOT NULL,
	place VARCHAR(10) NOT NULL,
	channel VARCHAR(10) NOT NULL,
	person_id CHAR(32),
	customer_id CHAR(32) NOT NULL,
	consent_id CHAR(32),
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_promise PRIMARY KEY (id),
	CONSTRAINT uq_promise_line_id_turn UNIQUE (line_id, turn),
	CONSTRAINT ck_promise_quantity CHECK (quantity >= 0 AND turn > 0),
	CONSTRAINT fk_promise_order_id FOREIGN KEY(order_id) REFERENCES sales_order (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_promise_line_id FOREIGN KEY(line_id) REFERENCES sales_order_line (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_promise_customer_id FOREIGN KEY(customer_id) REFERENCES party (id),
	CONSTRAINT fk_promise_consent_id FOREIGN KEY(consent_id) REFERENCES promise_consent (id),
	CONSTRAINT fk_promise_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_promise_promised_on ON promise (promised_on)
-- next
CREATE INDEX ix_promise_order_id ON promise (order_id)
-- next
CREATE TABLE shipment_line (
	shipment_id CHAR(32) NOT NULL,
	position INTEGER NOT NULL,
	order_line_id CHAR(32) NOT NULL,
	product_id CHAR(32) NOT NULL,
	quantity BIGINT NOT NULL,
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_shipment_line PRIMARY KEY (id),
	CONSTRAINT uq_shipment_line_shipment_id_position UNIQUE (shipment_id, position),
	CONSTRAINT ck_shipment_line_quantity CHECK (quantity > 0),
	CONSTRAINT fk_shipment_line_shipment_id FOREIGN KEY(shipment_id) REFERENCES shipment (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_shipment_line_order_line_id FOREIGN KEY(order_line_id) REFERENCES sales_order_line (id),
	CONSTRAINT fk_shipment_line_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_shipment_line_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_shipment_line_product_id ON shipment_line (product_id)
-- next
CREATE INDEX ix_shipment_line_order_line_id ON shipment_line (order_line_id)
-- next
CREATE INDEX ix_shipment_line_shipment_id ON shipment_line (shipment_id)
-- next
CREATE TABLE promise_result (
	order_id CHAR(32) NOT NULL,
	promise_id CHAR(32) NOT NULL,
	line_id CHAR(32) NOT NULL,
	delivered_on DATE NOT NULL,
	kept BOOLEAN NOT NULL,
	command_id CHAR(32) NOT NULL,
	at VARCHAR(32) NOT NULL,
	id CHAR(32) NOT NULL,
	CONSTRAINT pk_promise_result PRIMARY KEY (id),
	CONSTRAINT fk_promise_result_order_id FOREIGN KEY(order_id) REFERENCES sales_order (id),
	CONSTRAINT uq_promise_result_promise_id UNIQUE (promise_id),
	CONSTRAINT fk_promise_result_promise_id FOREIGN KEY(promise_id) REFERENCES promise (id),
	CONSTRAINT fk_promise_result_command_id FOREIGN KEY(command_id) REFERENCES command_journal (id)
)
-- next
CREATE INDEX ix_promise_result_order_id ON promise_result (order_id)
-- next
CREATE INDEX ix_promise_result_delivered_on ON promise_result (delivered_on)
-- next
CREATE TRIGGER authorised_negative_allowed AFTER INSERT ON authorised_negative FOR EACH ROW BEGIN INSERT INTO stock_balance (product_id, warehouse_id) VALUES (NEW.product_id, NEW.warehouse_id) ON CONFLICT DO NOTHING; UPDATE stock_balance SET allowed_negative = allowed_negative + NEW.quantity WHERE product_id = NEW.product_id AND warehouse_id = NEW.warehouse_id; INSERT INTO bin_balance (product_id, location_id, lot) VALUES (NEW.product_id, NEW.location_id, NEW.lot) ON CONFLICT DO NOTHING; UPDATE bin_balance SET allowed_negative = allowed_negative + NEW.quantity WHERE product_id = NEW.product_id AND location_id = NEW.location_id AND lot = NEW.lot AND 1=1; END
-- next
CREATE TRIGGER authorised_negative_no_update BEFORE UPDATE ON authorised_negative FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER authorised_negative_no_delete BEFORE DELETE ON authorised_negative FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER bin_balance_no_delete BEFORE DELETE ON bin_balance FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER branch_no_delete BEFORE DELETE ON branch FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER branch_audit AFTER UPDATE ON branch FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('branch', NEW.id, NEW.command_id, json_object('code', OLD.code, 'name', OLD.name, 'state', OLD.state, 'city', OLD.city, 'address', OLD.address, 'phone', OLD.phone, 'monday', OLD.monday, 'tuesday', OLD.tuesday, 'wednesday', OLD.wednesday, 'thursday', OLD.thursday, 'friday', OLD.friday, 'saturday', OLD.saturday, 'sunday', OLD.sunday, 'folded', OLD.folded, 'archived', OLD.archived, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('code', NEW.code, 'name', NEW.name, 'state', NEW.state, 'city', NEW.city, 'address', NEW.address, 'phone', NEW.phone, 'monday', NEW.monday, 'tuesday', NEW.tuesday, 'wednesday', NEW.wednesday, 'thursday', NEW.thursday, 'friday', NEW.friday, 'saturday', NEW.saturday, 'sunday', NEW.sunday, 'folded', NEW.folded, 'archived', NEW.archived, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER branch_exception_no_delete BEFORE DELETE ON branch_exception FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER branch_exception_audit AFTER UPDATE ON branch_exception FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('branch_exception', NEW.id, NEW.command_id, json_object('branch_id', OLD.branch_id, 'day', OLD.day, 'name', OLD.name, 'hours', OLD.hours, 'archived', OLD.archived, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('branch_id', NEW.branch_id, 'day', NEW.day, 'name', NEW.name, 'hours', NEW.hours, 'archived', NEW.archived, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER carrier_no_delete BEFORE DELETE ON carrier FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER carrier_audit AFTER UPDATE ON carrier FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('carrier', NEW.id, NEW.command_id, json_object('party_id', OLD.party_id, 'active', OLD.active, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('party_id', NEW.party_id, 'active', NEW.active, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER case_head_no_delete BEFORE DELETE ON case_head FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER case_head_audit AFTER UPDATE ON case_head FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('case_head', NEW.id, NEW.command_id, json_object('flow', OLD.flow, 'subject_table', OLD.subject_table, 'subject_id', OLD.subject_id, 'title', OLD.title, 'branch_id', OLD.branch_id, 'state', OLD.state, 'outcome', OLD.outcome, 'priority', OLD.priority, 'opened_at', OLD.opened_at, 'closed_at', OLD.closed_at, 'off_script', OLD.off_script, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('flow', NEW.flow, 'subject_table', NEW.subject_table, 'subject_id', NEW.subject_id, 'title', NEW.title, 'branch_id', NEW.branch_id, 'state', NEW.state, 'outcome', NEW.outcome, 'priority', NEW.priority, 'opened_at', NEW.opened_at, 'closed_at', NEW.closed_at, 'off_script', NEW.off_script, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER case_step_no_delete BEFORE DELETE ON case_step FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER case_step_audit AFTER UPDATE ON case_step FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('case_step', NEW.id, NEW.command_id, json_object('case_id', OLD.case_id, 'name', OLD.name, 'position', OLD.position, 'department', OLD.department, 'state', OLD.state, 'person_id', OLD.person_id, 'opened_at', OLD.opened_at, 'started_at', OLD.started_at, 'due_at', OLD.due_at, 'closed_at', OLD.closed_at, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('case_id', NEW.case_id, 'name', NEW.name, 'position', NEW.position, 'department', NEW.department, 'state', NEW.state, 'person_id', NEW.person_id, 'opened_at', NEW.opened_at, 'started_at', NEW.started_at, 'due_at', NEW.due_at, 'closed_at', NEW.closed_at, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER command_journal_no_delete BEFORE DELETE ON command_journal FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER command_journal_closed BEFORE UPDATE ON command_journal FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.journal_closed') WHERE OLD.state <> 'open' OR NEW.id <> OLD.id OR NEW.name <> OLD.name; END
-- next
CREATE TRIGGER company_no_delete BEFORE DELETE ON company FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER company_audit AFTER UPDATE ON company FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('company', NEW.id, NEW.command_id, json_object('single', OLD.single, 'name', OLD.name, 'tax_id', OLD.tax_id, 'zone', OLD.zone, 'country', OLD.country, 'language', OLD.language, 'currency', OLD.currency, 'sample', OLD.sample, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('single', NEW.single, 'name', NEW.name, 'tax_id', NEW.tax_id, 'zone', NEW.zone, 'country', NEW.country, 'language', NEW.language, 'currency', NEW.currency, 'sample', NEW.sample, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER contact_log_no_delete BEFORE DELETE ON contact_log FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER contact_log_audit AFTER UPDATE ON contact_log FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('contact_log', NEW.id, NEW.command_id, json_object('branch_id', OLD.branch_id, 'spoken_at', OLD.spoken_at, 'channel', OLD.channel, 'customer_id', OLD.customer_id, 'name', OLD.name, 'reach', OLD.reach, 'note', OLD.note, 'internal_note', OLD.internal_note, 'person_id', OLD.person_id, 'folded', OLD.folded, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('branch_id', NEW.branch_id, 'spoken_at', NEW.spoken_at, 'channel', NEW.channel, 'customer_id', NEW.customer_id, 'name', NEW.name, 'reach', NEW.reach, 'note', NEW.note, 'internal_note', NEW.internal_note, 'person_id', NEW.person_id, 'folded', NEW.folded, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER customer_no_delete BEFORE DELETE ON customer FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER customer_audit AFTER UPDATE ON customer FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('customer', NEW.id, NEW.command_id, json_object('party_id', OLD.party_id, 'active', OLD.active, 'credit_limit_amount', OLD.credit_limit_amount, 'blocked', OLD.blocked, 'block_reason', OLD.block_reason, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('party_id', NEW.party_id, 'active', NEW.active, 'credit_limit_amount', NEW.credit_limit_amount, 'blocked', NEW.blocked, 'block_reason', NEW.block_reason, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER department_no_delete BEFORE DELETE ON department FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER department_audit AFTER UPDATE ON department FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('department', NEW.id, NEW.command_id, json_object('code', OLD.code, 'name', OLD.name, 'folded', OLD.folded, 'archived', OLD.archived, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('code', NEW.code, 'name', NEW.name, 'folded', NEW.folded, 'archived', NEW.archived, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER employee_no_delete BEFORE DELETE ON employee FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER employee_audit AFTER UPDATE ON employee FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('employee', NEW.id, NEW.command_id, json_object('party_id', OLD.party_id, 'active', OLD.active, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('party_id', NEW.party_id, 'active', NEW.active, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER expected_entry_quantity AFTER INSERT ON expected_entry FOR EACH ROW BEGIN INSERT INTO expected_movement (id, product_id, warehouse_id, expected_on, document_table, document_id) VALUES (NEW.expected_id, NEW.product_id, NEW.warehouse_id, NEW.expected_on, NEW.document_table, NEW.document_id) ON CONFLICT DO NOTHING; UPDATE expected_movement SET quantity = quantity + NEW.quantity, expected_on = NEW.expected_on WHERE id = NEW.expected_id; END
-- next
CREATE TRIGGER expected_entry_no_update BEFORE UPDATE ON expected_entry FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER expected_entry_no_delete BEFORE DELETE ON expected_entry FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER expected_movement_no_delete BEFORE DELETE ON expected_movement FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER failure_no_delete BEFORE DELETE ON failure FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER failure_audit AFTER UPDATE ON failure FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('failure', NEW.id, NEW.command_id, json_object('code', OLD.code, 'params', OLD.params, 'subject_table', OLD.subject_table, 'subject_id', OLD.subject_id, 'step', OLD.step, 'since_at', OLD.since_at, 'last_at', OLD.last_at, 'times', OLD.times, 'cause_key', OLD.cause_key, 'state', OLD.state, 'closed_at', OLD.closed_at, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('code', NEW.code, 'params', NEW.params, 'subject_table', NEW.subject_table, 'subject_id', NEW.subject_id, 'step', NEW.step, 'since_at', NEW.since_at, 'last_at', NEW.last_at, 'times', NEW.times, 'cause_key', NEW.cause_key, 'state', NEW.state, 'closed_at', NEW.closed_at, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER instalment_before_head BEFORE INSERT ON instalment FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:billing.invoice.posted') WHERE EXISTS (SELECT 1 FROM invoice WHERE id = NEW.invoice_id); END
-- next
CREATE TRIGGER instalment_no_update BEFORE UPDATE ON instalment FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER instalment_no_delete BEFORE DELETE ON instalment FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER invoice_totals BEFORE INSERT ON invoice FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:billing.invoice.lines_differ') WHERE NOT EXISTS (SELECT 1 FROM invoice_line WHERE invoice_id = NEW.id) OR NEW.total_amount <> (SELECT SUM(net_amount) FROM invoice_line WHERE invoice_id = NEW.id); SELECT RAISE(ABORT, 'retaguarda:billing.invoice.instalments_differ') WHERE NEW.total_amount <> (SELECT COALESCE(SUM(amount), 0) FROM instalment WHERE invoice_id = NEW.id); END
-- next
CREATE TRIGGER invoice_no_update BEFORE UPDATE ON invoice FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER invoice_no_delete BEFORE DELETE ON invoice FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER invoice_line_before_head BEFORE INSERT ON invoice_line FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:billing.invoice.posted') WHERE EXISTS (SELECT 1 FROM invoice WHERE id = NEW.invoice_id); END
-- next
CREATE TRIGGER invoice_line_no_update BEFORE UPDATE ON invoice_line FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER invoice_line_no_delete BEFORE DELETE ON invoice_line FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER location_no_delete BEFORE DELETE ON location FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER location_audit AFTER UPDATE ON location FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('location', NEW.id, NEW.command_id, json_object('warehouse_id', OLD.warehouse_id, 'code', OLD.code, 'name', OLD.name, 'route', OLD.route, 'archived', OLD.archived, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('warehouse_id', NEW.warehouse_id, 'code', NEW.code, 'name', NEW.name, 'route', NEW.route, 'archived', NEW.archived, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER measure_unit_no_delete BEFORE DELETE ON measure_unit FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER measure_unit_audit AFTER UPDATE ON measure_unit FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('measure_unit', NEW.id, NEW.command_id, json_object('code', OLD.code, 'name', OLD.name, 'decimals', OLD.decimals, 'archived', OLD.archived, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('code', NEW.code, 'name', NEW.name, 'decimals', NEW.decimals, 'archived', NEW.archived, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER number_series_no_delete BEFORE DELETE ON number_series FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER number_series_steps BEFORE UPDATE ON number_series FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.series_gap') WHERE NEW.last <> OLD.last + 1; END
-- next
CREATE TRIGGER outbox_no_delete BEFORE DELETE ON outbox FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER party_no_delete BEFORE DELETE ON party FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER party_audit AFTER UPDATE ON party FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('party', NEW.id, NEW.command_id, json_object('kind', OLD.kind, 'name', OLD.name, 'legal_name', OLD.legal_name, 'tax_id', OLD.tax_id, 'tax_id_kind', OLD.tax_id_kind, 'tax_id_shown', OLD.tax_id_shown, 'name_key', OLD.name_key, 'folded', OLD.folded, 'notes', OLD.notes, 'archived', OLD.archived, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('kind', NEW.kind, 'name', NEW.name, 'legal_name', NEW.legal_name, 'tax_id', NEW.tax_id, 'tax_id_kind', NEW.tax_id_kind, 'tax_id_shown', NEW.tax_id_shown, 'name_key', NEW.name_key, 'folded', NEW.folded, 'notes', NEW.notes, 'archived', NEW.archived, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER party_address_no_delete BEFORE DELETE ON party_address FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER party_address_audit AFTER UPDATE ON party_address FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('party_address', NEW.id, NEW.command_id, json_object('party_id', OLD.party_id, 'position', OLD.position, 'purpose', OLD.purpose, 'street', OLD.street, 'number', OLD.number, 'complement', OLD.complement, 'district', OLD.district, 'city', OLD.city, 'state', OLD.state, 'postcode', OLD.postcode, 'country', OLD.country, 'archived', OLD.archived, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('party_id', NEW.party_id, 'position', NEW.position, 'purpose', NEW.purpose, 'street', NEW.street, 'number', NEW.number, 'complement', NEW.complement, 'district', NEW.district, 'city', NEW.city, 'state', NEW.state, 'postcode', NEW.postcode, 'country', NEW.country, 'archived', NEW.archived, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER party_contact_no_delete BEFORE DELETE ON party_contact FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER party_contact_audit AFTER UPDATE ON party_contact FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('party_contact', NEW.id, NEW.command_id, json_object('party_id', OLD.party_id, 'position', OLD.position, 'purpose', OLD.purpose, 'name', OLD.name, 'email', OLD.email, 'phone', OLD.phone, 'archived', OLD.archived, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('party_id', NEW.party_id, 'position', NEW.position, 'purpose', NEW.purpose, 'name', NEW.name, 'email', NEW.email, 'phone', NEW.phone, 'archived', NEW.archived, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER person_boss_circle BEFORE UPDATE ON person FOR EACH ROW WHEN (NEW.boss_id IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'retaguarda:company.boss_circle_guard') WHERE NEW.id IN (WITH RECURSIVE above(id) AS (SELECT NEW.boss_id UNION SELECT p.boss_id FROM person p JOIN above a ON p.id = a.id WHERE p.boss_id IS NOT NULL) SELECT id FROM above); END
-- next
CREATE TRIGGER person_no_delete BEFORE DELETE ON person FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER person_audit AFTER UPDATE ON person FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('person', NEW.id, NEW.command_id, json_object('login', OLD.login, 'name', OLD.name, 'email', OLD.email, 'folded', OLD.folded, 'verifier', '***', 'branch_id', OLD.branch_id, 'department_id', OLD.department_id, 'boss_id', OLD.boss_id, 'language', OLD.language, 'all_branches', OLD.all_branches, 'locked', OLD.locked, 'archived', OLD.archived, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('login', NEW.login, 'name', NEW.name, 'email', NEW.email, 'folded', NEW.folded, 'verifier', CASE WHEN NEW.verifier = OLD.verifier OR (NEW.verifier IS NULL AND OLD.verifier IS NULL) THEN '***' ELSE '*** changed' END, 'branch_id', NEW.branch_id, 'department_id', NEW.department_id, 'boss_id', NEW.boss_id, 'language', NEW.language, 'all_branches', NEW.all_branches, 'locked', NEW.locked, 'archived', NEW.archived, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER person_branch_no_delete BEFORE DELETE ON person_branch FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER person_branch_audit AFTER UPDATE ON person_branch FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('person_branch', NEW.id, NEW.command_id, json_object('person_id', OLD.person_id, 'branch_id', OLD.branch_id, 'active', OLD.active, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('person_id', NEW.person_id, 'branch_id', NEW.branch_id, 'active', NEW.active, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER person_role_no_delete BEFORE DELETE ON person_role FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER person_role_audit AFTER UPDATE ON person_role FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('person_role', NEW.id, NEW.command_id, json_object('person_id', OLD.person_id, 'role_id', OLD.role_id, 'active', OLD.active, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('person_id', NEW.person_id, 'role_id', NEW.role_id, 'active', NEW.active, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER price_list_no_delete BEFORE DELETE ON price_list FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER price_list_audit AFTER UPDATE ON price_list FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('price_list', NEW.id, NEW.command_id, json_object('code', OLD.code, 'name', OLD.name, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('code', NEW.code, 'name', NEW.name, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER product_no_delete BEFORE DELETE ON product FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER product_audit AFTER UPDATE ON product FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('product', NEW.id, NEW.command_id, json_object('code', OLD.code, 'name', OLD.name, 'kind', OLD.kind, 'unit_code', OLD.unit_code, 'tax_code', OLD.tax_code, 'note', OLD.note, 'folded', OLD.folded, 'archived', OLD.archived, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('code', NEW.code, 'name', NEW.name, 'kind', NEW.kind, 'unit_code', NEW.unit_code, 'tax_code', NEW.tax_code, 'note', NEW.note, 'folded', NEW.folded, 'archived', NEW.archived, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER product_code_no_delete BEFORE DELETE ON product_code FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER product_code_audit AFTER UPDATE ON product_code FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('product_code', NEW.id, NEW.command_id, json_object('product_id', OLD.product_id, 'kind', OLD.kind, 'code', OLD.code, 'active', OLD.active, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('product_id', NEW.product_id, 'kind', NEW.kind, 'code', NEW.code, 'active', NEW.active, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER product_price_no_delete BEFORE DELETE ON product_price FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER product_price_overlap_new BEFORE INSERT ON product_price FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:catalog.price_overlap') WHERE EXISTS (SELECT 1 FROM product_price AS p WHERE p.list_id = NEW.list_id AND p.product_id = NEW.product_id AND p.id <> NEW.id AND p.valid_from <= coalesce(NEW.valid_to, '9999-12-31') AND coalesce(p.valid_to, '9999-12-31') >= NEW.valid_from AND p.valid_from <= coalesce(p.valid_to, '9999-12-31') AND NEW.valid_from <= coalesce(NEW.valid_to, '9999-12-31')); END
-- next
CREATE TRIGGER product_price_overlap_changed BEFORE UPDATE ON product_price FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:catalog.price_rewritten') WHERE NEW.price <> OLD.price OR NEW.valid_from <> OLD.valid_from OR NEW.list_id <> OLD.list_id OR NEW.product_id <> OLD.product_id; SELECT RAISE(ABORT, 'retaguarda:catalog.price_overlap') WHERE EXISTS (SELECT 1 FROM product_price AS p WHERE p.list_id = NEW.list_id AND p.product_id = NEW.product_id AND p.id <> NEW.id AND p.valid_from <= coalesce(NEW.valid_to, '9999-12-31') AND coalesce(p.valid_to, '9999-12-31') >= NEW.valid_from AND p.valid_from <= coalesce(p.valid_to, '9999-12-31') AND NEW.valid_from <= coalesce(NEW.valid_to, '9999-12-31')); END
-- next
CREATE TRIGGER product_price_audit AFTER UPDATE ON product_price FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('product_price', NEW.id, NEW.command_id, json_object('list_id', OLD.list_id, 'product_id', OLD.product_id, 'valid_from', OLD.valid_from, 'valid_to', OLD.valid_to, 'price', OLD.price, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('list_id', NEW.list_id, 'product_id', NEW.product_id, 'valid_from', NEW.valid_from, 'valid_to', NEW.valid_to, 'price', NEW.price, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER product_substitute_no_delete BEFORE DELETE ON product_substitute FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER product_substitute_audit AFTER UPDATE ON product_substitute FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('product_substitute', NEW.id, NEW.command_id, json_object('product_id', OLD.product_id, 'substitute_id', OLD.substitute_id, 'position', OLD.position, 'active', OLD.active, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('product_id', NEW.product_id, 'substitute_id', NEW.substitute_id, 'position', NEW.position, 'active', NEW.active, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER promise_turns BEFORE INSERT ON promise FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:sales.promise_turn') WHERE NEW.turn <> 1 + (SELECT COUNT(*) FROM promise WHERE line_id = NEW.line_id); SELECT RAISE(ABORT, 'retaguarda:sales.later_without_consent') WHERE EXISTS (SELECT 1 FROM promise p WHERE p.line_id = NEW.line_id AND p.turn = NEW.turn - 1 AND p.promised_on < NEW.promised_on) AND NOT EXISTS (SELECT 1 FROM promise_consent c WHERE c.id = NEW.consent_id AND c.order_id = NEW.order_id AND c.promised_on >= NEW.promised_on); END
-- next
CREATE TRIGGER promise_no_update BEFORE UPDATE ON promise FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER promise_no_delete BEFORE DELETE ON promise FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER promise_consent_no_update BEFORE UPDATE ON promise_consent FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER promise_consent_no_delete BEFORE DELETE ON promise_consent FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER promise_result_judged BEFORE INSERT ON promise_result FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:sales.result_differs') WHERE NEW.kept <> (NEW.delivered_on <= (SELECT promised_on FROM promise WHERE id = NEW.promise_id)); END
-- next
CREATE TRIGGER promise_result_no_update BEFORE UPDATE ON promise_result FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER promise_result_no_delete BEFORE DELETE ON promise_result FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER reservation_broken_no_update BEFORE UPDATE ON reservation_broken FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER reservation_broken_no_delete BEFORE DELETE ON reservation_broken FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER role_no_delete BEFORE DELETE ON role FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER role_audit AFTER UPDATE ON role FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('role', NEW.id, NEW.command_id, json_object('code', OLD.code, 'name', OLD.name, 'ready_made', OLD.ready_made, 'added', OLD.added, 'removed', OLD.removed, 'gives', OLD.gives, 'discount_rate_max', OLD.discount_rate_max, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('code', NEW.code, 'name', NEW.name, 'ready_made', NEW.ready_made, 'added', NEW.added, 'removed', NEW.removed, 'gives', NEW.gives, 'discount_rate_max', NEW.discount_rate_max, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER row_audit_no_update BEFORE UPDATE ON row_audit FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER row_audit_no_delete BEFORE DELETE ON row_audit FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER sales_order_no_delete BEFORE DELETE ON sales_order FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER sales_order_total_new BEFORE INSERT ON sales_order FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:sales.total_differs') WHERE NEW.total_amount <> COALESCE((SELECT SUM(net_amount) FROM sales_order_line WHERE order_id = NEW.id AND active), 0); END
-- next
CREATE TRIGGER sales_order_moves BEFORE UPDATE ON sales_order FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:sales.unknown_move') WHERE OLD.state <> NEW.state AND NOT ((OLD.state = 'confirmed' AND NEW.state = 'cancelled') OR (OLD.state = 'confirmed' AND NEW.state = 'closed') OR (OLD.state = 'confirmed' AND NEW.state = 'held') OR (OLD.state = 'held' AND NEW.state = 'cancelled') OR (OLD.state = 'held' AND NEW.state = 'confirmed') OR (OLD.state = 'quotation' AND NEW.state = 'cancelled') OR (OLD.state = 'quotation' AND NEW.state = 'confirmed')); SELECT RAISE(ABORT, 'retaguarda:sales.number_changed') WHERE NEW.number <> OLD.number OR NEW.branch_id <> OLD.branch_id; SELECT RAISE(ABORT, 'retaguarda:sales.total_differs') WHERE NEW.total_amount <> COALESCE((SELECT SUM(net_amount) FROM sales_order_line WHERE order_id = NEW.id AND active), 0); END
-- next
CREATE TRIGGER sales_order_audit AFTER UPDATE ON sales_order FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('sales_order', NEW.id, NEW.command_id, json_object('number', OLD.number, 'branch_id', OLD.branch_id, 'customer_id', OLD.customer_id, 'contact_id', OLD.contact_id, 'channel', OLD.channel, 'seller_id', OLD.seller_id, 'warehouse_id', OLD.warehouse_id, 'state', OLD.state, 'reason', OLD.reason, 'handover', OLD.handover, 'payment_terms', OLD.payment_terms, 'promised_on', OLD.promised_on, 'valid_until', OLD.valid_until, 'customer_note', OLD.customer_note, 'internal_note', OLD.internal_note, 'total_amount', OLD.total_amount, 'ordered_at', OLD.ordered_at, 'confirmed_at', OLD.confirmed_at, 'invoiced_at', OLD.invoiced_at, 'ended_at', OLD.ended_at, 'folded', OLD.folded, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('number', NEW.number, 'branch_id', NEW.branch_id, 'customer_id', NEW.customer_id, 'contact_id', NEW.contact_id, 'channel', NEW.channel, 'seller_id', NEW.seller_id, 'warehouse_id', NEW.warehouse_id, 'state', NEW.state, 'reason', NEW.reason, 'handover', NEW.handover, 'payment_terms', NEW.payment_terms, 'promised_on', NEW.promised_on, 'valid_until', NEW.valid_until, 'customer_note', NEW.customer_note, 'internal_note', NEW.internal_note, 'total_amount', NEW.total_amount, 'ordered_at', NEW.ordered_at, 'confirmed_at', NEW.confirmed_at, 'invoiced_at', NEW.invoiced_at, 'ended_at', NEW.ended_at, 'folded', NEW.folded, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER sales_order_line_no_delete BEFORE DELETE ON sales_order_line FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER sales_order_line_ended BEFORE UPDATE ON sales_order_line FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:sales.order_ended') WHERE EXISTS (SELECT 1 FROM sales_order WHERE id = OLD.order_id AND state IN ('cancelled', 'closed')); END
-- next
CREATE TRIGGER sales_order_line_audit AFTER UPDATE ON sales_order_line FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('sales_order_line', NEW.id, NEW.command_id, json_object('order_id', OLD.order_id, 'position', OLD.position, 'product_id', OLD.product_id, 'kind', OLD.kind, 'name', OLD.name, 'unit_code', OLD.unit_code, 'warehouse_id', OLD.warehouse_id, 'quantity', OLD.quantity, 'list_price', OLD.list_price, 'price_origin', OLD.price_origin, 'price_list_name', OLD.price_list_name, 'unit_price', OLD.unit_price, 'discount_rate', OLD.discount_rate, 'gross_amount', OLD.gross_amount, 'discount_amount', OLD.discount_amount, 'net_amount', OLD.net_amount, 'active', OLD.active, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('order_id', NEW.order_id, 'position', NEW.position, 'product_id', NEW.product_id, 'kind', NEW.kind, 'name', NEW.name, 'unit_code', NEW.unit_code, 'warehouse_id', NEW.warehouse_id, 'quantity', NEW.quantity, 'list_price', NEW.list_price, 'price_origin', NEW.price_origin, 'price_list_name', NEW.price_list_name, 'unit_price', NEW.unit_price, 'discount_rate', NEW.discount_rate, 'gross_amount', NEW.gross_amount, 'discount_amount', NEW.discount_amount, 'net_amount', NEW.net_amount, 'active', NEW.active, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER setting_no_delete BEFORE DELETE ON setting FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER setting_audit AFTER UPDATE ON setting FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('setting', NEW.id, NEW.command_id, json_object('code', OLD.code, 'value', OLD.value, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('code', NEW.code, 'value', NEW.value, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER shipment_no_delete BEFORE DELETE ON shipment FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER shipment_begins BEFORE INSERT ON shipment FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:delivery.unknown_move') WHERE NEW.state <> 'picked'; END
-- next
CREATE TRIGGER shipment_moves BEFORE UPDATE ON shipment FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:delivery.unknown_move') WHERE NOT ((OLD.state = 'picked' AND NEW.state = 'shipped') OR (OLD.state = 'shipped' AND NEW.state = 'delivered')); SELECT RAISE(ABORT, 'retaguarda:delivery.unknown_move') WHERE NEW.order_id <> OLD.order_id OR NEW.branch_id <> OLD.branch_id; END
-- next
CREATE TRIGGER shipment_audit AFTER UPDATE ON shipment FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('shipment', NEW.id, NEW.command_id, json_object('order_id', OLD.order_id, 'branch_id', OLD.branch_id, 'invoice_id', OLD.invoice_id, 'state', OLD.state, 'picked_at', OLD.picked_at, 'picker_id', OLD.picker_id, 'shipped_at', OLD.shipped_at, 'carrier_id', OLD.carrier_id, 'tracking_code', OLD.tracking_code, 'delivered_at', OLD.delivered_at, 'delivered_on', OLD.delivered_on, 'receiver_name', OLD.receiver_name, 'receiver_document', OLD.receiver_document, 'kept', OLD.kept, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('order_id', NEW.order_id, 'branch_id', NEW.branch_id, 'invoice_id', NEW.invoice_id, 'state', NEW.state, 'picked_at', NEW.picked_at, 'picker_id', NEW.picker_id, 'shipped_at', NEW.shipped_at, 'carrier_id', NEW.carrier_id, 'tracking_code', NEW.tracking_code, 'delivered_at', NEW.delivered_at, 'delivered_on', NEW.delivered_on, 'receiver_name', NEW.receiver_name, 'receiver_document', NEW.receiver_document, 'kept', NEW.kept, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER shipment_line_before_head BEFORE INSERT ON shipment_line FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:delivery.unknown_move') WHERE EXISTS (SELECT 1 FROM shipment WHERE id = NEW.shipment_id); END
-- next
CREATE TRIGGER shipment_line_no_update BEFORE UPDATE ON shipment_line FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER shipment_line_no_delete BEFORE DELETE ON shipment_line FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER stock_balance_no_delete BEFORE DELETE ON stock_balance FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER stock_document_no_update BEFORE UPDATE ON stock_document FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER stock_document_no_delete BEFORE DELETE ON stock_document FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER stock_document_line_no_update BEFORE UPDATE ON stock_document_line FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER stock_document_line_no_delete BEFORE DELETE ON stock_document_line FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER stock_hold_held AFTER INSERT ON stock_hold FOR EACH ROW BEGIN INSERT INTO stock_balance (product_id, warehouse_id) VALUES (NEW.product_id, NEW.warehouse_id) ON CONFLICT DO NOTHING; UPDATE stock_balance SET held = held + NEW.quantity WHERE product_id = NEW.product_id AND warehouse_id = NEW.warehouse_id; END
-- next
CREATE TRIGGER stock_hold_no_update BEFORE UPDATE ON stock_hold FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER stock_hold_no_delete BEFORE DELETE ON stock_hold FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER stock_move_in AFTER INSERT ON stock_move FOR EACH ROW WHEN (NEW.from_location_id IS NULL) BEGIN INSERT INTO stock_balance (product_id, warehouse_id) VALUES (NEW.product_id, NEW.to_warehouse_id) ON CONFLICT DO NOTHING; UPDATE stock_balance SET on_hand = on_hand + NEW.quantity WHERE product_id = NEW.product_id AND warehouse_id = NEW.to_warehouse_id; INSERT INTO bin_balance (product_id, location_id, lot) VALUES (NEW.product_id, NEW.to_location_id, NEW.lot) ON CONFLICT DO NOTHING; UPDATE bin_balance SET on_hand = on_hand + NEW.quantity WHERE product_id = NEW.product_id AND location_id = NEW.to_location_id AND lot = NEW.lot AND 1=1; END
-- next
CREATE TRIGGER stock_move_out AFTER INSERT ON stock_move FOR EACH ROW WHEN (NEW.to_location_id IS NULL) BEGIN INSERT INTO stock_balance (product_id, warehouse_id) VALUES (NEW.product_id, NEW.from_warehouse_id) ON CONFLICT DO NOTHING; UPDATE stock_balance SET on_hand = on_hand + -NEW.quantity WHERE product_id = NEW.product_id AND warehouse_id = NEW.from_warehouse_id; INSERT INTO bin_balance (product_id, location_id, lot) VALUES (NEW.product_id, NEW.from_location_id, NEW.lot) ON CONFLICT DO NOTHING; UPDATE bin_balance SET on_hand = on_hand + -NEW.quantity WHERE product_id = NEW.product_id AND location_id = NEW.from_location_id AND lot = NEW.lot AND 1=1; END
-- next
CREATE TRIGGER stock_move_within AFTER INSERT ON stock_move FOR EACH ROW WHEN (NEW.from_warehouse_id = NEW.to_warehouse_id) BEGIN INSERT INTO bin_balance (product_id, location_id, lot) VALUES (NEW.product_id, NEW.from_location_id, NEW.lot) ON CONFLICT DO NOTHING; INSERT INTO bin_balance (product_id, location_id, lot) VALUES (NEW.product_id, NEW.to_location_id, NEW.lot) ON CONFLICT DO NOTHING; UPDATE bin_balance SET on_hand = on_hand + -NEW.quantity WHERE product_id = NEW.product_id AND location_id = NEW.from_location_id AND lot = NEW.lot AND NEW.from_location_id < NEW.to_location_id; UPDATE bin_balance SET on_hand = on_hand + NEW.quantity WHERE product_id = NEW.product_id AND location_id = NEW.to_location_id AND lot = NEW.lot AND 1=1; UPDATE bin_balance SET on_hand = on_hand + -NEW.quantity WHERE product_id = NEW.product_id AND location_id = NEW.from_location_id AND lot = NEW.lot AND NEW.from_location_id > NEW.to_location_id; END
-- next
CREATE TRIGGER stock_move_between AFTER INSERT ON stock_move FOR EACH ROW WHEN (NEW.from_warehouse_id <> NEW.to_warehouse_id) BEGIN INSERT INTO stock_balance (product_id, warehouse_id) VALUES (NEW.product_id, NEW.from_warehouse_id) ON CONFLICT DO NOTHING; INSERT INTO stock_balance (product_id, warehouse_id) VALUES (NEW.product_id, NEW.to_warehouse_id) ON CONFLICT DO NOTHING; UPDATE stock_balance SET on_hand = on_hand - NEW.quantity WHERE product_id = NEW.product_id AND warehouse_id = NEW.from_warehouse_id AND NEW.from_warehouse_id < NEW.to_warehouse_id; UPDATE stock_balance SET on_hand = on_hand + NEW.quantity WHERE product_id = NEW.product_id AND warehouse_id = NEW.to_warehouse_id AND 1=1; UPDATE stock_balance SET on_hand = on_hand - NEW.quantity WHERE product_id = NEW.product_id AND warehouse_id = NEW.from_warehouse_id AND NEW.from_warehouse_id > NEW.to_warehouse_id; INSERT INTO bin_balance (product_id, location_id, lot) VALUES (NEW.product_id, NEW.from_location_id, NEW.lot) ON CONFLICT DO NOTHING; INSERT INTO bin_balance (product_id, location_id, lot) VALUES (NEW.product_id, NEW.to_location_id, NEW.lot) ON CONFLICT DO NOTHING; UPDATE bin_balance SET on_hand = on_hand + -NEW.quantity WHERE product_id = NEW.product_id AND location_id = NEW.from_location_id AND lot = NEW.lot AND NEW.from_location_id < NEW.to_location_id; UPDATE bin_balance SET on_hand = on_hand + NEW.quantity WHERE product_id = NEW.product_id AND location_id = NEW.to_location_id AND lot = NEW.lot AND 1=1; UPDATE bin_balance SET on_hand = on_hand + -NEW.quantity WHERE product_id = NEW.product_id AND location_id = NEW.from_location_id AND lot = NEW.lot AND NEW.from_location_id > NEW.to_location_id; END
-- next
CREATE TRIGGER stock_move_no_update BEFORE UPDATE ON stock_move FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER stock_move_no_delete BEFORE DELETE ON stock_move FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER stock_pick_picked AFTER INSERT ON stock_pick FOR EACH ROW BEGIN INSERT INTO bin_balance (product_id, location_id, lot) VALUES (NEW.product_id, NEW.location_id, NEW.lot) ON CONFLICT DO NOTHING; UPDATE bin_balance SET picked = picked + NEW.quantity WHERE product_id = NEW.product_id AND location_id = NEW.location_id AND lot = NEW.lot AND 1=1; END
-- next
CREATE TRIGGER stock_pick_no_update BEFORE UPDATE ON stock_pick FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER stock_pick_no_delete BEFORE DELETE ON stock_pick FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER stock_reservation_on_hand AFTER INSERT ON stock_reservation FOR EACH ROW WHEN (NEW.expected_id IS NULL) BEGIN INSERT INTO stock_balance (product_id, warehouse_id) VALUES (NEW.product_id, NEW.warehouse_id) ON CONFLICT DO NOTHING; UPDATE stock_balance SET reserved = reserved + NEW.quantity WHERE product_id = NEW.product_id AND warehouse_id = NEW.warehouse_id; END
-- next
CREATE TRIGGER stock_reservation_pegged AFTER INSERT ON stock_reservation FOR EACH ROW WHEN (NEW.expected_id IS NOT NULL) BEGIN UPDATE expected_movement SET pegged = pegged + NEW.quantity WHERE id = NEW.expected_id; END
-- next
CREATE TRIGGER stock_reservation_no_update BEFORE UPDATE ON stock_reservation FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER stock_reservation_no_delete BEFORE DELETE ON stock_reservation FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER supplier_no_delete BEFORE DELETE ON supplier FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER supplier_audit AFTER UPDATE ON supplier FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('supplier', NEW.id, NEW.command_id, json_object('party_id', OLD.party_id, 'active', OLD.active, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('party_id', NEW.party_id, 'active', NEW.active, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
CREATE TRIGGER tax_rate_no_update BEFORE UPDATE ON tax_rate FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER tax_rate_no_delete BEFORE DELETE ON tax_rate FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.append_only') WHERE 1=1; END
-- next
CREATE TRIGGER warehouse_no_delete BEFORE DELETE ON warehouse FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'retaguarda:kernel.never_deleted') WHERE 1=1; END
-- next
CREATE TRIGGER warehouse_audit AFTER UPDATE ON warehouse FOR EACH ROW BEGIN INSERT INTO row_audit (table_name, row_id, command_id, before, after) VALUES ('warehouse', NEW.id, NEW.command_id, json_object('branch_id', OLD.branch_id, 'code', OLD.code, 'name', OLD.name, 'main', OLD.main, 'archived', OLD.archived, 'version', OLD.version, 'command_id', OLD.command_id, 'id', OLD.id), json_object('branch_id', NEW.branch_id, 'code', NEW.code, 'name', NEW.name, 'main', NEW.main, 'archived', NEW.archived, 'version', NEW.version, 'command_id', NEW.command_id, 'id', NEW.id)); END
-- next
INSERT INTO schema_mark (name, value) VALUES ('module.billing', '0')
-- next
INSERT INTO schema_mark (name, value) VALUES ('module.br', '0')
-- next
INSERT INTO schema_mark (name, value) VALUES ('module.catalog', '0')
-- next
INSERT INTO schema_mark (name, value) VALUES ('module.company', '0')
-- next
INSERT INTO schema_mark (name, value) VALUES ('module.delivery', '0')
-- next
INSERT INTO schema_mark (name, value) VALUES ('module.inventory', '0')
-- next
INSERT INTO schema_mark (name, value) VALUES ('module.kernel', '0')
-- next
INSERT INTO schema_mark (name, value) VALUES ('module.party', '0')
-- next
INSERT INTO schema_mark (name, value) VALUES ('module.process', '0')
-- next
INSERT INTO schema_mark (name, value) VALUES ('module.sales', '0')
-- next
INSERT INTO schema_mark (name, value) VALUES ('triggers', '3bd5fe73bf859bcfdef5fdb019a11879b23d9063638afcedac678f270d1ffaaa')
