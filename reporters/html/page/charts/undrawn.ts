/** Stands for the chart library where the page is made and not seen: nothing is drawn there. */
export default undefined;
