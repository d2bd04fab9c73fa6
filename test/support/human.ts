import type { AskUser, ConsentAnswer, ConsentRequest } from '../../electron/desktop/consent-request.ts';

/** Stands in for the person in front of the app, whom main asks. */
export class Human {
  /** To every question. */
  answer: ConsentAnswer;
  /** All that was asked. */
  readonly requests: ConsentRequest[] = [];

  constructor(answer: ConsentAnswer = 'no') {
    this.answer = answer;
  }

  readonly ask: AskUser = async (request) => {
    this.requests.push(request);
    return this.answer;
  };
}
