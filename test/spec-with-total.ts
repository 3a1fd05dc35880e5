import Mocha from 'mocha';

/** Mocha's spec reporter, with the counts once more on a last line of their own, as CI reads them. */
export default class SpecWithTotal extends Mocha.reporters.Spec {
  override epilogue(): void {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    console.log(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ''}`);
  }
}
