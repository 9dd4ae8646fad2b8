import { pieces } from './pieces.ts';

/** What goes with every kind: how people begin, ask, and say who they are; and the questions that are answered on the spot. */
export const ASKS = pieces(
  '麻烦你们派人来看看|请尽快处理一下|希望有关部门管一管|能不能早点给个说法|请帮忙催一催|麻烦给我回个电话|请相关单位到现场看一下|盼回复|谢谢你们了|拜托拜托|到底归哪个部门管，给句准话|什么时候能弄好，给我们个时间|请安排人上门|侬帮我们想想办法|麻烦记一下，别又没下文|能今天来最好',
);
export const PHONE_OPENINGS = pieces(
  '喂，你好，|你好，|您好，我想反映个事情，|12345吗？|喂，|同志你好，|哎你好，我跟你说，|您好，|那个，|师傅，|你们好，我要投诉，|我反映一下，',
);
export const INQUIRY_OPENINGS = pieces('喂，你好，|你好，|12345吗？|同志你好，|您好，|那个，|麻烦你，|');
export const WRITTEN_OPENINGS = pieces('||||您好，|反映一个问题：|领导好，|你好！|求助：');
export const RELATIVES = pieces('我妈|我爸|我奶奶|我外公|我丈母娘|我叔叔|我姑妈|隔壁阿婆');
export const TOUCHES = pieces(
  '，晓得伐|，真的吃不消|哦|嘞|，我讲的都是实话|，你说气不气|，没办法才来麻烦你们|，侬讲是不是|咯|，老是这样子',
);
export const VAGUE = pieces('我们这里|我家门口|我们家附近|这边|楼下|老地方那边|下班路上');
export const PATROL = pieces(
  '巡查发现|入户走访时居民反映|日常巡查中发现|接居民当面反映|网格巡查|微信群里有居民反映',
);
export const PATROL_ENDS = pieces(
  '现场已拍照|网格内无法解决，上报|已做简单警示|请职能部门处置|已告知物业，未处理|现场有人看守',
);
export const INQUIRY_ENDS = pieces(
  '？|？谢谢|啊？|？网上没查到|？我跑了一趟没办成|？麻烦说详细点|？打电话没人接',
);

/** Questions that a seat answers on the spot. Some name things that are kinds of their own, as people do. */
export const INQUIRIES = pieces(
  '医保卡丢了怎么补办|小孩上户口要带什么材料|居住证到期了怎么续|老年公交卡在哪里办|公积金租房怎么提取|开小吃店要办哪些证|养老金今年什么时候调|外地社保怎么转过来|残疾证补贴怎么申请|不动产证办好要几天|新生儿医保怎么参保|身份证丢了能异地补办吗|幼儿园报名什么时候开始|小学学区怎么划的|周末窗口上不上班|宅基地翻建怎么审批|老房子加装电梯要几户同意|电动车上牌要带什么|高龄津贴到了年龄要自己申请吗|失业金怎么领|退役军人优待证在哪办|租公租房要什么条件|献血车停在哪里|犬证到哪里办|停车月卡哪里办|流动人口子女入学积分怎么算|水费户名怎么过户|临时救助怎么申请|法律援助在哪里申请|装修垃圾叫谁来拉，多少钱|夜间施工许可归谁批|农药空瓶子哪里回收|电梯多久要检一次|欠薪要带什么证据去投诉|路灯坏了平时打哪个电话|停水计划在哪里看得到|燃气软管多久换一次|物业费涨价要不要业主投票|驾驶证到期在哪里换|社保断了几个月能补吗|结婚登记要预约吗|出生证明丢了怎么补|护照加急要几天|大学生租房补贴怎么领|个体户怎么注销|房贷转公积金怎么办|疫苗本丢了哪里补|家里老人失能评估找谁',
);
