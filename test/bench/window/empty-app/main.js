// What Electron costs by itself: one window with nothing in it.
import { app, BrowserWindow } from 'electron';

void app.whenReady().then(() => new BrowserWindow().loadURL('about:blank'));
