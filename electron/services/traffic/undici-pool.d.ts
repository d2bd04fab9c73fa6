/** The one part of undici that is needed: the whole of it is twice as large, and doubles the time a thread takes to start. */
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici';
  export default Pool;
}
