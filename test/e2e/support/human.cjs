// Loaded into main before the app: stands in for the person who presses buttons in dialogs of the system, which no test
// can press.
const { dialog } = require('electron');

/** `press`: labels of buttons still to press; where there is none, Escape is. `shown`: what the dialogs have said. */
const human = { press: (process.env['SWITCHYARD_TEST_PRESS'] ?? '').split(',').filter(Boolean), shown: [] };
Object.defineProperty(globalThis, 'switchyardHuman', { value: human });

// Whoever picks a file in a test says which.
dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] });
dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' });

dialog.showMessageBox = async (...given) => {
  const { message, detail = '', buttons = [], cancelId = 0 } = given.at(-1);
  human.shown.push({ message, detail, buttons });
  const at = buttons.indexOf(human.press[0]);
  if (at >= 0) human.press.shift();
  return { response: at >= 0 ? at : cancelId, checkboxChecked: false };
};
