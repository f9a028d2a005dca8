import { HubConnectionBuilder, LogLevel, type HubConnection } from "@microsoft/signalr";

/** Listens to a hub's topic and applies what it sends ("stream": Turbo Stream markup) to the page. Says whether it is connected. */
class Live extends HTMLElement {
  private connection?: HubConnection;

  connectedCallback(): void {
    const connection = new HubConnectionBuilder().withUrl(this.dataset.hub!).withAutomaticReconnect().configureLogging(LogLevel.None).build();
    this.connection = connection;
    connection.on("stream", (markup: string) => document.body.insertAdjacentHTML("beforeend", markup));
    connection.onreconnecting(() => this.say("waiting"));
    connection.onreconnected(() => this.join());
    connection.onclose(() => this.say("off"));
    connection.start().then(() => this.join(), () => this.say("off"));
  }

  disconnectedCallback(): void {
    void this.connection?.stop();
  }

  private async join(): Promise<void> {
    if (this.dataset.topic) await this.connection!.invoke("Join", this.dataset.topic);
    this.say("on");
  }

  private say(state: "on" | "waiting" | "off"): void {
    this.dataset.state = state;
    const text = this.querySelector("[data-live-text]");
    if (text) text.textContent = this.dataset[`text${state[0].toUpperCase()}${state.slice(1)}`] ?? "";
  }
}

customElements.define("eh-live", Live);
