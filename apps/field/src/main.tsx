import '@gezhi/ui/style.css';
import './style.css';
import './screens.css';
import { mount } from '@gezhi/ui';
import { App } from './app.tsx';
import { KeeperProvider } from './day/keeper.tsx';

mount(
  <KeeperProvider>
    <App />
  </KeeperProvider>,
);
