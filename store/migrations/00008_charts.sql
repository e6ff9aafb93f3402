-- +goose Up
-- The heat map of paid orders by hour of the week counts one range of this index.
CREATE INDEX orders_paid ON orders (paid_ms);
