// Shows the contract, from this store only: nothing is asked of any other machine.

window.SwaggerUIBundle({
  url: '/docs/api/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  displayRequestDuration: true,
  validatorUrl: null,
});
