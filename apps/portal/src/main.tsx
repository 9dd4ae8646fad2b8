import '@gezhi/ui/style.css';
import './portal.css';
import './forms.css';
import './pages.css';
import './print.css';
import { mount } from '@gezhi/ui';
import { App } from './app.tsx';
import { keepApp } from './kept/keep-app.ts';

mount(<App />);
keepApp();
