/** The services whose OpenAPI documents the web app speaks to, by their path under /api. */
export const services = ['identity', 'catalog', 'ordering', 'billing', 'proxy'];
