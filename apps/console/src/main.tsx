import '@gezhi/ui/style.css';
import './shell/shell.css';
import './shell/dialogs.css';
import { mount } from '@gezhi/ui';
import { App } from './app.tsx';

mount(<App />);
