-- +goose Up
-- Running sums, written in the transactions of the rows they sum; check proves them equal (I1, I8).
CREATE TABLE stock_levels (
  warehouse TEXT NOT NULL,
  sku_id BYTEA NOT NULL REFERENCES skus (id),
  on_hand BIGINT NOT NULL,
  reserved BIGINT NOT NULL CHECK (reserved >= 0),
  unavailable BIGINT NOT NULL CHECK (unavailable >= 0),
  incoming BIGINT NOT NULL CHECK (incoming >= 0),
  value_fen BIGINT NOT NULL,
  last_qty BIGINT NOT NULL,
  last_fen BIGINT NOT NULL,
  prov_qty BIGINT NOT NULL,
  prov_fen BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (sku_id, warehouse)
);

CREATE TABLE sales_daily (
  biz_day TEXT NOT NULL,
  channel TEXT NOT NULL,
  shop_id BYTEA NOT NULL,
  parcels BIGINT NOT NULL,
  units BIGINT NOT NULL,
  revenue_fen BIGINT NOT NULL,
  cost_fen BIGINT NOT NULL,
  PRIMARY KEY (biz_day, shop_id)
);

CREATE TABLE sales_monthly (
  month TEXT NOT NULL,
  channel TEXT NOT NULL,
  shop_id BYTEA NOT NULL,
  sku_id BYTEA NOT NULL,
  units BIGINT NOT NULL,
  revenue_fen BIGINT NOT NULL,
  cost_fen BIGINT NOT NULL,
  PRIMARY KEY (month, shop_id, sku_id)
);

CREATE TABLE orders_daily (
  biz_day TEXT NOT NULL,
  channel TEXT NOT NULL,
  shop_id BYTEA NOT NULL,
  orders BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  PRIMARY KEY (biz_day, shop_id)
);
