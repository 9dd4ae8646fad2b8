import { type Command, Help } from 'commander';

/** What Commander itself says, in Chinese: headings, defaults, and its complaints. */
export function helpInChinese(program: Command): void {
  program
    .helpOption('-h, --help', '显示此帮助')
    .configureHelp({
      styleTitle: (heading) => HEADINGS[heading] ?? heading,
      optionDescription: (option) =>
        new Help().optionDescription(option).replace(/ ?\(default: "?(.*?)"?\)$/, '（默认 $1）'),
    })
    .configureOutput({ outputError: (text, write) => write(complaint(text)) });
}

const HEADINGS: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
};

/** By the words of Commander 15; one that it words anew stays in English. */
const COMPLAINTS: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown command '(.*)'/, '错误：没有命令“$1”'],
  [/^error: unknown option '(.*)'/, '错误：没有选项“$1”'],
  [/^error: missing required argument '(.*)'/, '错误：缺少参数“$1”'],
  [/^error: option '(.*)' argument missing/, '错误：选项“$1”缺少取值'],
  [/^error: required option '(.*)' not specified/, '错误：必须写选项“$1”'],
  [
    /^error: option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)\./,
    '错误：选项“$1”不能取“$2”，可取 $3。',
  ],
  [
    /^error: too many arguments.*\. Expected (\d+) .*but got (\d+): (.*)\./,
    '错误：参数太多，应有 $1 个，却有 $2 个：$3。',
  ],
  [/\(Did you mean (?:one of )?(.*)\?\)/, '（是否要写 $1？）'],
];

function complaint(text: string): string {
  return COMPLAINTS.reduce((said, [english, chinese]) => said.replace(english, chinese), text);
}
