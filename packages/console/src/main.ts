import { mount } from 'svelte';
import './app.css';
import 'uplot/dist/uPlot.min.css';
import { takeToken } from './api/take-token.ts';
import App from './App.svelte';
import { route } from './router/route.svelte.ts';

function onAddress(): void {
  takeToken();
  route.read();
}

addEventListener('hashchange', onAddress);
onAddress();

const target = document.querySelector('#app');
if (target) mount(App, { target });
