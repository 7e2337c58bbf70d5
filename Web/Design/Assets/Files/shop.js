import './order-live.js';
import './live-region.js';
