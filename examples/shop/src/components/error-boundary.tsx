/** Shows an apology in place of a page that broke; React hands the error itself to Sentry. */
import { Component, type ReactNode } from 'react';

interface State {
  broken: boolean;
}

export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { broken: false };

  static getDerivedStateFromError(): State {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <section role="alert">
        <h1>Something went wrong</h1>
        <p>We have been told, and look into it. Please try again in a while.</p>
      </section>
    );
  }
}
