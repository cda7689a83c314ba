import {svg} from '../dom.js';

/** OpsMap's own mark: a boundary that winds, and the thing that lies on it. */
export const mark = () =>
    svg(
        'svg',
        {class: 'mark', viewBox: '0 0 32 32', 'aria-hidden': 'true'},
        svg('rect', {width: '32', height: '32', rx: '8', class: 'mark-ground'}),
        svg('path', {d: 'M4.500 21.500C9 17.500 12.500 23 17 18.500S23 11 27.500 10.500', class: 'mark-line'}),
        svg('path', {d: 'M16 6.500l5 5-5 5-5-5z', class: 'mark-thing'}),
        svg('circle', {cx: '9', cy: '25', r: '1.700', class: 'mark-dot'}),
        svg('circle', {cx: '24', cy: '19.500', r: '1.700', class: 'mark-dot'}),
    );
