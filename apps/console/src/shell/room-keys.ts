type Keys = Readonly<Record<string, readonly (readonly [keys: string, says: string])[]>>;

/** The keys of each room, by the first part of its address. A room that has keys writes them here. */
export const ROOM_KEYS: { readonly zh: Keys; readonly en: Keys } = {
  zh: {
    desk: [
      ['Ctrl+Enter', '登记'],
      ['Alt+1…5', '并入列出的第几件'],
      ['Alt+N', '新来电，清空'],
      ['Alt+E', '紧急：移交'],
    ],
    queue: [
      ['j', '下一件'],
      ['k', '上一件'],
      ['Enter', '打开整页'],
      ['x', '选中或取消'],
      ['/', '搜索'],
    ],
  },
  en: {
    desk: [
      ['Ctrl+Enter', 'File'],
      ['Alt+1…5', 'Join the case with that number'],
      ['Alt+N', 'Next caller: clear'],
      ['Alt+E', 'Emergency: hand off'],
    ],
    queue: [
      ['j', 'Next case'],
      ['k', 'Case before'],
      ['Enter', 'Open the whole page'],
      ['x', 'Mark or unmark'],
      ['/', 'Search'],
    ],
  },
};
