/** One line of a menu; a line without an action is the heading of those after it. */
export interface MenuItem {
  readonly label: string;
  readonly icon?: string;
  readonly run?: () => void;
}
