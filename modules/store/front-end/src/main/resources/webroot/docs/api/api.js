// Shows the contract, from this store only: nothing is asked of any other machine.

window.SwaggerUIBundle({
  url: '/docs/api/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  displayRequestDuration: true,
  validatorUrl: null,
  onComplete: nameParts,
});

// Swagger UI calls its list of calls the main part of the page, names no other, and leaves out a level of headings.
function nameParts() {
  const about = document.querySelector('#api .information-container');
  about?.setAttribute('role', 'region');
  about?.setAttribute('aria-label', 'About this API');
  for (const [heading, level] of [['h3', '2'], ['h4', '3']]) {
    document.querySelectorAll(`#api ${heading}`).forEach((each) => each.setAttribute('aria-level', level));
  }
}
