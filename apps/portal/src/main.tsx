import '@gezhi/ui/style.css';
import './portal.css';
import './forms.css';
import './pages.css';
import './print.css';
import { mount } from '@gezhi/ui';
import { App } from './app.tsx';

mount(<App />);
