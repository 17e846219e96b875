/** One line of a menu; a line without an action is the heading of those after it. */
export interface MenuItem {
  readonly label: string;
  readonly icon?: string;
  /** The keys that do the same. */
  readonly keys?: string;
  readonly isDisabled?: boolean;
  readonly run?: () => void;
}
