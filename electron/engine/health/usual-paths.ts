/**
 * Where servers report their health when it is not at the root, the commonest first: Kubernetes' names, ASP.NET,
 * Rails (`/up`), Spring Boot (`/actuator/health`).
 */
export const USUAL_PATHS: readonly string[] = [
  '/health',
  '/healthz',
  '/api/health',
  '/healthcheck',
  '/health/ready',
  '/ready',
  '/readyz',
  '/livez',
  '/status',
  '/ping',
  '/up',
  '/actuator/health',
];
