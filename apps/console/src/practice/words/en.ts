import type { zh } from './zh.ts';

export const en: typeof zh = {
  lead: 'The same screens, without consequence. Ten short lessons of a few minutes each, in any order.',
  made: 'This town is made up: people, places and matters. Nothing you press here matters.',
  kept: 'How far you are is kept in this browser alone: not sent, not counted, not compared.',
  list: 'Lessons',
  goal: 'Goal',
  steps: 'How',
  forPost: (kind) => `This lesson is for a post of the kind: ${kind}.`,
  mine: (post) => `You are ${post}.`,
  asPost: (kind) => `Become: ${kind}`,
  begin: 'Begin',
  again: 'Begin anew',
  open: 'Open the screen',
  check: 'Have I done it?',
  checking: 'Looking…',
  said: 'The number you read',
  isDone: 'done',
  isBegun: 'begun',
  done: 'Done.',
  notYet: 'Not seen yet. Try the steps above again; if you changed your post, do them as this one.',
  notIt: 'That is not the number. Look once more: it stands where the steps say.',
  next: 'Next lesson',
  forget: 'Forget my progress',
  real: 'This town is real; one practises elsewhere',
  realLead: 'Lessons are done in a made-up town only: whatever you do here counts.',
  realGo: 'To the practice town',
  realHow:
    'For the operator: a practice town is a service of its own, with its own data folder; neither knows of the other.',
  realStep1: 'On any machine run:',
  realStep2:
    'Tell this service where it is. After a restart this page has a button that leads to the practice town:',
  realMore: 'Stop it, remove the folder, start it again, and the town is new.',
  lessons: {
    call: {
      title: 'Take a call',
      goal: 'Write down what a caller says and file it as a matter.',
      steps: [
        'Open the desk; the number is 13900000001.',
        'Write as it is said: “钟鼓社区门口的路灯不亮了” (the lamp at the gate of Zhonggu community is out).',
        'Look to the right: kind and place were read. Correct them where they are wrong.',
        'Press “File”, and read the number to the caller.',
      ],
    },
    join: {
      title: 'Is it the same matter?',
      goal: 'A second person tells of the same matter: join it instead of dispatching twice.',
      steps: [
        'At the desk file a burst main at the crossing of some community (水管爆了).',
        'With the next call tell of the same thing at the same place in other words.',
        '“It may be the same matter” appears: press Alt+1, or “Join”.',
        'File it. Several people, one matter, one dispatch.',
      ],
    },
    urge: {
      title: 'Urge a matter that runs out of time',
      goal: 'Find the most pressing matter of the queue and urge its unit.',
      steps: [
        'Open the queue. The most pressing matter stands first.',
        'Press j to go down; the whole case stands beside it.',
        'Look at the clocks: how much is left, and why until then.',
        'Press “Urge”, write a line, and send it.',
      ],
    },
    accept: {
      title: 'Accept a matter, print its slip',
      goal: 'Accept what was sent to your unit, and have a sheet for whoever goes out.',
      steps: [
        'Open the queue and find a matter that was dispatched.',
        'Read its story: who said it, who got it, by which right.',
        'Press “Accept”.',
        'Under “Receipt and print”, have a look at the task slip.',
      ],
    },
    object: {
      title: 'Not ours',
      goal: 'Object to a dispatch. What was promised does not move by it.',
      steps: [
        'Open the queue and find a matter that was dispatched and not accepted yet.',
        'Look at “Precedents”: how such things were ruled before.',
        'Press the objection, write your reason and the line it rests on.',
        'It waits for a ruling now. Look at the promise: it did not move.',
      ],
    },
    whistle: {
      title: 'Whistle',
      goal: 'What one cannot do, several come for. The desk of a street or town does this.',
      steps: [
        'Open the queue, find a matter underway, and press “Whistle”.',
        'Two lines: how it is there, and who is to do what.',
        'Look at the units proposed, each with its law; choose who is to come.',
        'Draft it. The units are called once the head has approved.',
      ],
    },
    now: {
      title: 'Read the wall',
      goal: 'Go from a number to one matter behind it.',
      steps: [
        'Open “Now” and find the number of those late, in the first row.',
        'Press it, see which matters they are, and open one.',
        'Come back and read what this screen does not know.',
        'Write the number of those late below.',
      ],
    },
    rates: {
      title: 'How many stand behind a rate',
      goal: 'See a rate, and how many people it rests on.',
      steps: [
        'Open the rates; choose the last 30 days.',
        'Find the solve rate of all.',
        'Below it stand a 95% interval and n, the number of valid callbacks.',
        'Write this n below.',
      ],
    },
    topics: {
      title: 'How many people tell of one thing',
      goal: 'Tell reports from people.',
      steps: [
        'Open the topics; look at the first of the last 7 days. Where there is none, write 0.',
        'Beside it: how it went by day, and where.',
        'Who tells it three times is one person.',
        'Write the number of people of the first topic below.',
      ],
    },
    town: {
      title: 'Change something, take it back',
      goal: 'See first which cases would go elsewhere; save it; take it back.',
      steps: [
        'Open the town, choose “Units”, then one of them.',
        'Change its service phone and put it into the basket.',
        'Preview: which cases of the last 30 days would have gone elsewhere?',
        'Write a reason and save.',
        'Take it back in the list of changes.',
      ],
    },
  },
};
