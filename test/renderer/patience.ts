import { configure } from '@testing-library/react';

// What a component shows in the end is what is asked; how soon, on a machine with other work, is not.
configure({ asyncUtilTimeout: 15_000 });
