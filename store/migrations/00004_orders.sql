-- +goose Up
CREATE TABLE orders (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
  shop_id BYTEA NOT NULL REFERENCES shops (id),
  channel TEXT NOT NULL,
  number TEXT NOT NULL CHECK (length(number) > 0),
  customer_id BYTEA REFERENCES customers (id),
  buyer_key TEXT NOT NULL,
  manual BOOLEAN NOT NULL,
  external BOOLEAN NOT NULL,
  payment TEXT NOT NULL CHECK (payment IN ('unpaid','deposit','paid','part_refunded','refunded')),
  audit TEXT NOT NULL CHECK (audit IN ('new','exception','audited','hold')),
  fulfil TEXT NOT NULL CHECK (fulfil IN ('none','reserved','part_shipped','shipped','returned')),
  closing TEXT NOT NULL CHECK (closing IN ('open','completed','cancelled')),
  stage TEXT NOT NULL,
  buyer_note TEXT NOT NULL,
  seller_note TEXT NOT NULL,
  seller_flag TEXT NOT NULL,
  cod BOOLEAN NOT NULL,
  cod_called BOOLEAN NOT NULL,
  presale BOOLEAN NOT NULL,
  created_ms BIGINT NOT NULL,
  paid_ms BIGINT NOT NULL,
  target_ms BIGINT NOT NULL,
  limit_ms BIGINT NOT NULL,
  audited_ms BIGINT NOT NULL,
  shipped_ms BIGINT NOT NULL,
  biz_day TEXT NOT NULL,
  goods_fen BIGINT NOT NULL,
  freight_fen BIGINT NOT NULL,
  shop_discount_fen BIGINT NOT NULL,
  platform_discount_fen BIGINT NOT NULL,
  total_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  refund_fen BIGINT NOT NULL,
  net_fen BIGINT NOT NULL,
  goods_text TEXT NOT NULL,
  line_count BIGINT NOT NULL,
  units BIGINT NOT NULL CHECK (units >= 0),
  province TEXT NOT NULL,
  check_codes TEXT NOT NULL,
  hold_until_ms BIGINT NOT NULL,
  hold_reason TEXT NOT NULL,
  merge_id BYTEA,
  courier TEXT NOT NULL,
  waybill TEXT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  UNIQUE (shop_id, number)
);
CREATE INDEX orders_number ON orders (number, id);
CREATE INDEX orders_stage ON orders (stage, limit_ms, paid_ms, id);
CREATE INDEX orders_created ON orders (created_ms, id);
CREATE INDEX orders_day ON orders (biz_day, channel, paid_fen);
CREATE INDEX orders_buyer ON orders (shop_id, buyer_key, stage);
CREATE INDEX orders_merge ON orders (merge_id) WHERE merge_id IS NOT NULL;
CREATE INDEX orders_waybill ON orders (waybill, id) WHERE waybill <> '';
CREATE INDEX orders_goods ON orders (goods_text, id);

CREATE TABLE receivers (
  order_id BYTEA PRIMARY KEY REFERENCES orders (id),
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  phone_tail TEXT NOT NULL,
  province TEXT NOT NULL,
  city TEXT NOT NULL,
  district TEXT NOT NULL,
  address TEXT NOT NULL,
  postcode TEXT NOT NULL,
  country TEXT NOT NULL,
  edited BOOLEAN NOT NULL
);
CREATE INDEX receivers_tail ON receivers (phone_tail);
CREATE INDEX receivers_name ON receivers (name, order_id);

CREATE TABLE platform_facts (
  order_id BYTEA PRIMARY KEY REFERENCES orders (id),
  payment TEXT NOT NULL,
  shipped BOOLEAN NOT NULL,
  part_shipped BOOLEAN NOT NULL,
  completed BOOLEAN NOT NULL,
  cancelled BOOLEAN NOT NULL,
  refund_asked BOOLEAN NOT NULL,
  waybill TEXT NOT NULL,
  courier TEXT NOT NULL,
  words TEXT NOT NULL
);

CREATE TABLE order_lines (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
  order_id BYTEA NOT NULL REFERENCES orders (id),
  pos BIGINT NOT NULL,
  sub_no TEXT NOT NULL,
  occurrence BIGINT NOT NULL,
  code TEXT NOT NULL,
  platform_sku TEXT NOT NULL,
  title TEXT NOT NULL,
  spec TEXT NOT NULL,
  sku_id BYTEA REFERENCES skus (id),
  qty BIGINT NOT NULL CHECK (qty >= 0),
  qty_unknown BOOLEAN NOT NULL,
  unit_fen BIGINT NOT NULL,
  net_fen BIGINT NOT NULL,
  platform_fen BIGINT NOT NULL,
  refund_fen BIGINT NOT NULL,
  gift BOOLEAN NOT NULL,
  shipped_qty BIGINT NOT NULL CHECK (shipped_qty >= 0),
  returned_qty BIGINT NOT NULL CHECK (returned_qty >= 0 AND returned_qty <= shipped_qty),
  cancel_qty BIGINT NOT NULL CHECK (cancel_qty >= 0),
  CHECK (shipped_qty + cancel_qty <= qty),
  UNIQUE (order_id, pos)
);
CREATE INDEX order_lines_sku ON order_lines (sku_id);
CREATE INDEX order_lines_unmapped ON order_lines (lower(code)) WHERE sku_id IS NULL;
CREATE INDEX order_lines_unmapped_sku ON order_lines (lower(platform_sku)) WHERE sku_id IS NULL;

-- Only for kits and for codes that stand for several units: a plain line is one
-- unit of its own SKU per unit and has no row here.
CREATE TABLE line_parts (
  line_id BYTEA NOT NULL REFERENCES order_lines (id),
  sku_id BYTEA NOT NULL REFERENCES skus (id),
  qty BIGINT NOT NULL CHECK (qty > 0),
  PRIMARY KEY (line_id, sku_id)
);
CREATE INDEX line_parts_sku ON line_parts (sku_id);

CREATE TABLE order_checks (
  order_id BYTEA NOT NULL REFERENCES orders (id),
  code TEXT NOT NULL,
  pos BIGINT NOT NULL,
  blocking BOOLEAN NOT NULL,
  released BOOLEAN NOT NULL,
  reason TEXT NOT NULL,
  args TEXT NOT NULL,
  PRIMARY KEY (order_id, code)
);
CREATE INDEX order_checks_code ON order_checks (code, order_id);

-- The counters behind the chips, kept with every save (DECIDED 18).
CREATE TABLE stage_counts (
  channel TEXT NOT NULL,
  stage TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (channel, stage)
);

CREATE TABLE reservations (
  line_id BYTEA NOT NULL REFERENCES order_lines (id),
  sku_id BYTEA NOT NULL REFERENCES skus (id),
  warehouse TEXT NOT NULL,
  order_id BYTEA NOT NULL REFERENCES orders (id),
  qty BIGINT NOT NULL CHECK (qty > 0),
  PRIMARY KEY (line_id, sku_id, warehouse)
);
CREATE INDEX reservations_sku ON reservations (sku_id, warehouse);
CREATE INDEX reservations_order ON reservations (order_id);

CREATE TABLE parcels (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
  order_id BYTEA NOT NULL REFERENCES orders (id),
  no BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned','shipped','handed_over','voided')),
  courier TEXT NOT NULL,
  waybill TEXT NOT NULL,
  shipped_ms BIGINT NOT NULL,
  handed_ms BIGINT NOT NULL,
  biz_day TEXT NOT NULL,
  entry_seq BIGINT NOT NULL,
  units BIGINT NOT NULL CHECK (units >= 0),
  orders BIGINT NOT NULL CHECK (orders > 0),
  version BIGINT NOT NULL CHECK (version > 0),
  CHECK (state = 'planned' OR waybill <> '')
);
CREATE UNIQUE INDEX parcels_waybill ON parcels (waybill) WHERE state IN ('shipped','handed_over');
CREATE INDEX parcels_order ON parcels (order_id);
CREATE INDEX parcels_shipped ON parcels (shipped_ms, id);
CREATE INDEX parcels_open ON parcels (shipped_ms, id) WHERE state = 'shipped';
CREATE INDEX parcels_planned ON parcels (shipped_ms, id) WHERE state = 'planned';
CREATE INDEX parcels_day ON parcels (biz_day, state);

CREATE TABLE parcel_lines (
  parcel_id BYTEA NOT NULL REFERENCES parcels (id),
  line_id BYTEA NOT NULL REFERENCES order_lines (id),
  pos BIGINT NOT NULL,
  order_id BYTEA NOT NULL REFERENCES orders (id),
  qty BIGINT NOT NULL CHECK (qty > 0),
  revenue_fen BIGINT NOT NULL,
  returned BIGINT NOT NULL CHECK (returned >= 0 AND returned <= qty),
  PRIMARY KEY (parcel_id, line_id)
);
CREATE INDEX parcel_lines_line ON parcel_lines (line_id);
CREATE INDEX parcel_lines_order ON parcel_lines (order_id);

CREATE TABLE parcel_items (
  parcel_id BYTEA NOT NULL,
  line_id BYTEA NOT NULL,
  sku_id BYTEA NOT NULL REFERENCES skus (id),
  qty BIGINT NOT NULL CHECK (qty > 0),
  cost_fen BIGINT NOT NULL CHECK (cost_fen >= 0),
  returned BIGINT NOT NULL CHECK (returned >= 0 AND returned <= qty),
  return_fen BIGINT NOT NULL CHECK (return_fen >= 0 AND return_fen <= cost_fen),
  PRIMARY KEY (parcel_id, line_id, sku_id),
  FOREIGN KEY (parcel_id, line_id) REFERENCES parcel_lines (parcel_id, line_id)
);
