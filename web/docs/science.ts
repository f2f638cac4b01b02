// The chapters about what the engine does with the plan: many futures, sensitivity, goals, budgets, records.
import { html, type Html } from './markup.js';
import type { Chapter } from './page.js';
import type { Pen } from './pen.js';

interface Reference {
  id: string;
  text: string;
}
const references: Reference[] = [
  { id: 'r-sobol-points', text: 'S. Joe, F. Y. Kuo: Constructing Sobol sequences with better two-dimensional projections. SIAM Journal on Scientific Computing 30 (2008) 2635–2654.' },
  { id: 'r-owen', text: 'A. B. Owen: Randomly permuted (t, m, s)-nets and (t, s)-sequences. Monte Carlo and Quasi-Monte Carlo Methods in Scientific Computing, Springer (1995) 299–317.' },
  { id: 'r-burley', text: 'B. Burley: Practical hash-based Owen scrambling. Journal of Computer Graphics Techniques 9(4) (2020).' },
  { id: 'r-philox', text: 'J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw: Parallel random numbers: as easy as 1, 2, 3. SC 2011.' },
  { id: 'r-quantiles', text: 'R. J. Hyndman, Y. Fan: Sample quantiles in statistical packages. The American Statistician 50 (1996) 361–365.' },
  { id: 'r-saltelli', text: 'A. Saltelli and others: Variance based sensitivity analysis of model output. Computer Physics Communications 181 (2010) 259–270.' },
  { id: 'r-jansen', text: 'M. J. W. Jansen: Analysis of variance designs for model output. Computer Physics Communications 117 (1999) 35–43.' },
  { id: 'r-chandrupatla', text: 'T. R. Chandrupatla: A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function without using derivatives. Advances in Engineering Software 28 (1997) 145–149.' },
  { id: 'r-nbd', text: 'A. S. C. Ehrenberg: The pattern of consumer purchases. Applied Statistics 8 (1959) 26–41.' },
  { id: 'r-pareto', text: 'D. C. Schmittlein, D. G. Morrison, R. Colombo: Counting your customers: who are they and what will they do next? Management Science 33 (1987) 1–24.' },
  { id: 'r-bg', text: 'P. S. Fader, B. G. S. Hardie, K. L. Lee: “Counting your customers” the easy way. Marketing Science 24 (2005) 275–284.' },
  { id: 'r-mbg', text: 'E. P. Batislam, M. Denizel, A. Filiztekin: Empirical validation and comparison of models for customer base analysis. International Journal of Research in Marketing 24 (2007) 201–209.' },
  { id: 'r-gg', text: 'P. S. Fader, B. G. S. Hardie: The gamma-gamma model of monetary value. Note 025 (2013).' },
  { id: 'r-sbg', text: 'P. S. Fader, B. G. S. Hardie: How to project customer retention. Journal of Interactive Marketing 21 (2007) 76–90.' },
  { id: 'r-wedderburn', text: 'R. W. M. Wedderburn: Quasi-likelihood functions, generalized linear models, and the Gauss–Newton method. Biometrika 61 (1974) 439–447.' },
];
const order = new Map(references.map(({ id }, i) => [id, i + 1]));

function cited(...ids: string[]): Html {
  return html`<span class="cite">[${ids.map((id, i) => {
    if (!order.has(id)) throw new Error(`no reference ${id}`);
    return html`${i > 0 && ', '}<a href="#${id}">${order.get(id)}</a>`;
  })}]</span>`;
}

export function scienceOf(pen: Pen): Chapter[] {
  const { say } = pen;
  const paragraphs = (...all: [zh: Html, en: Html][]): Html => html`${all.map(([zh, en]) => html`<p>${say(zh, en)}</p>`)}`;
  return [
    {
      id: 'uncertainty',
      title: say('拿不准怎么算', 'Uncertainty'),
      body: paragraphs(
        [
          html`拿不准的数不填一个点，填一个范围。范围有七种写法：均匀、三角、PERT、正态、对数正态、贝塔，或者直接给“八成在某某之间”。超出这个数允许的区间时，分布在边上截断后重新归一，不会把越界的值都堆在边上。`,
          html`A number one is unsure of is given a range instead of a point. Ranges come in seven forms: uniform, triangular, PERT, normal, lognormal, beta, or “eight times in ten between these two”. Where a range reaches beyond what the field allows it is cut there and rescaled; nothing is heaped up on the edge.`,
        ],
        [
          html`一种未来 = 从每个范围里各取一个数，把整个方案算一遍。页面一次算 8,192 种。取数不是掷骰子，用的是 Sobol' 点加 Owen 扰动${cited('r-sobol-points', 'r-owen', 'r-burley')}：点铺得匀，同样的种数，居中和平均准得多。也可以换成普通随机数 Philox${cited('r-philox')}。每种未来只由编号和种子决定，所以分给几个线程、在哪台机器上算，结果一个数位都不差；只改一个输入，动的还是同一批未来，图不会乱跳。`,
          html`One future is one draw from every range and the whole plan computed with it. The page computes 8,192. The draws are Sobol' points with an Owen scramble${cited('r-sobol-points', 'r-owen', 'r-burley')}: they lie evenly, so that as many futures give far better means and medians than dice would. Plain random numbers (Philox${cited('r-philox')}) can be chosen. A future hangs on its index and the seed alone: however the work is divided, on whatever machine, every digit is the same, and a changed input moves the same futures.`,
        ],
        [
          html`“每月流量的运气”是另一层：播法不变，自然公域每个月也有高低。它按月取一个平均为 1 的对数正态系数，乘在自然公域上。几个数一起变的（比如转化和退货），可以给相关系数，用高斯 Copula 连起来。`,
          html`The luck of the months is a layer of its own: natural traffic goes up and down though nothing else changes. Each month a lognormal factor with mean 1 multiplies it. Inputs that move together may be given correlations (a Gaussian copula).`,
        ],
        [
          html`扇形图的边是分位数：把每个月的 8,192 个结果排好，取第 5%、25%、50%、75%、95% 个，两个之间按直线插值（Hyndman–Fan 第 7 种，和 Excel 的 PERCENTILE.INC 一样）${cited('r-quantiles')}。所以“九成在里面”是逐月说的，不是说整条线有九成可能都在里面。`,
          html`The edges of the fan are quantiles: the 8,192 results of a month in order, read at 5, 25, 50, 75 and 95%, with straight lines between neighbours (Hyndman and Fan’s type 7, as PERCENTILE.INC of Excel)${cited('r-quantiles')}. “Nine times in ten” is therefore said of each month, not of the whole line.`,
        ],
        [
          html`把握旁边的 ± 是标准误：这批未来其实是 8 组独立扰动的点，8 组各算一遍，看组间差多少。它只说“算的种数够不够”，不说范围填得对不对。`,
          html`The ± beside a probability is its standard error: the futures are eight independently scrambled groups, and the spread between the groups says how exact the figure is. It speaks of the number of futures only, not of whether the ranges are right.`,
        ],
        [
          html`照填的数算出来的结果，和平均、居中都不一样。因为生意不是直线：好年景多赚的，比坏年景少赚的多。三个数都给，不挑好看的。`,
          html`The plan at the numbers entered is neither the mean nor the median of the futures, since nothing here is linear: good luck adds more than bad luck takes. All three are shown.`,
        ],
      ),
    },
    {
      id: 'sensitivity',
      title: say('哪个数最要紧', 'Which number matters'),
      body: paragraphs(
        [
          html`“一个个试”（龙卷风图）：每个拿不准的数，取自己范围里一成和九成的位置各算一次，其他放在居中位置。条子长的，是你自己的范围里它能把结果拉多远。不用“一律上下 10%”：有的数一成都动不了，有的能差一倍，一律 10% 会把顺序排错。`,
          html`One by one (the tornado): each uncertain number at the 10% and the 90% point of its own range, the others at their medians. The bar is how far that number may pull the result. Moving all of them by the same ±10% would rank them wrongly: some cannot move that far, others double.`,
        ],
        [
          html`“一起变”（Sobol' 指数）：结果忽高忽低，用方差量；每个数各占多少。“自己”是只靠它就能解释的份额；“加上和别的数互相带动”，是把它弄准之后，还会少掉的不确定。估计量用 Saltelli 的取样法${cited('r-saltelli')}和 Jansen 的公式${cited('r-jansen')}，基础样本 4,096 个，旁边给标准误。份额很小时估出来可能略低于 0，那是误差。`,
          html`All together (Sobol' indices): how much of the variance of the result each number accounts for. Its own share is what it explains alone; the total share is what would go if it were known, interactions included. Sampling after Saltelli${cited('r-saltelli')}, estimators of Jansen${cited('r-jansen')}, 4,096 base samples, with standard errors beside them. A very small share may come out slightly below 0; that is noise.`,
        ],
        [
          html`几个数有相关时，方差分不到谁头上，这时不给 Sobol' 指数，只给龙卷风图。月度流量的运气单算一项：那部分没法靠打听弄准，只能留余地。`,
          html`Where inputs are correlated the variance cannot be shared out: then only the tornado is given. The luck of the months is listed as a factor of its own; it cannot be looked up, only allowed for.`,
        ],
        [
          html`推荐的“下一步”不看这两张图，看的是导数：每个能动的决策多动一步，利润多多少。导数和结果同时算出来，不是试两次相减，所以没有步长误差。`,
          html`The advice on the next step rests on neither, but on derivatives: what one step of each decision adds to profit. They are computed along with the plan by exact differentiation, not from two runs, so no step size spoils them.`,
        ],
      ),
    },
    {
      id: 'seek',
      title: say('反过来算', 'Goal seek'),
      body: paragraphs(
        [
          html`问“月销 100 万要多少私域”，就是找哪个输入值让结果正好到目标。在这个数的整个允许范围（或你给的范围）里找，范围跨四个数量级以上时按对数找：凡是相隔不小于 1/256 个范围的答案都会找到，再用 Chandrupatla 的方法${cited('r-chandrupatla')}逐个收紧，到相对 10⁻⁹。`,
          html`“How many private users does ¥1 million a month need” asks where an input brings a result to its target. The whole range allowed (or the one given) is searched, on a logarithmic scale where it spans more than four powers of ten: all crossings at least 1/256 of the range apart are found, and each is closed in on after Chandrupatla${cited('r-chandrupatla')} to 10⁻⁹ of its value.`,
        ],
        [
          html`所有答案都列出来，用离现在最近的那个。没有答案也照直说：给出能到的最好值和在哪里。Excel 的单变量求解只给一个，停在 0.001，也不说有没有别的。`,
          html`All crossings are listed and the one nearest to the present input is taken. Where there is none the answer says so, with the best that can be reached and where. Excel’s goal seek gives one answer, stops at 0.001 and is silent about others.`,
        ],
        [
          html`也可以问得更稳：不是“照我填的数”到目标，而是“九成把握到目标”。这时每试一个值，都在同一批未来上看差的一成。`,
          html`The question may be asked more carefully: not of the plan as entered but with nine chances in ten. Then each trial looks at the 10th percentile of the same futures.`,
        ],
      ),
    },
    {
      id: 'allocation',
      title: say('预算怎么分', 'Allocating a budget'),
      body: paragraphs(
        [
          html`给一个每月预算，找各渠道怎么分，让整个测算期的利润（或成交）最多。目标是整个方案的结果，不是各渠道曲线各算各的：投流带来的人会进私域、会复购，也会把人群带偏，这些都算在内。`,
          html`Given a monthly budget: which spends make the profit (or sales) of the whole plan largest? The aim is the full plan, not each channel’s curve by itself: paid viewers join the pool and reorder, and they blur the audience; all of that counts.`,
        ],
        [
          html`响应曲线可能是 S 形，从现在的分法往上爬，常常停在半山腰。所以先沿每个渠道整段列表，用动态规划找出最好的组合（每个渠道开或关都试），再从最有希望的几个起点用导数爬到顶，最后不用导数再查一遍有门槛的地方（比如满多少返多少的政策）。每一步都是确定的，算几次都一样。`,
          html`Responses may be S-curves, and climbing from the present split often ends half-way up. So each channel is first tabulated over its whole range and the best combination found by dynamic programming, with every choice of channels on and off; the most promising are then climbed with exact derivatives, and places where rewards jump are searched without them. Every step is deterministic.`,
        ],
        [
          html`结果里“每月再多投 1 元多多少”，是最好分法上的导数，已经扣掉投的这 1 元。到了最好的点，各渠道再投 1 元应当一样多；有钱剩下，说明再投就不赚。分法附近往往很平：多投一点少投一点差不多的范围，也给出来。`,
          html`What one more ¥ a month brings is the derivative at the best split, its own cost taken off. At the best split it is the same for every channel in use; money left over means that more would lose. The top is usually flat: the range within which it makes little difference is given, too.`,
        ],
        [
          html`也能按差的一成、或按赚钱的把握来分：同样的未来，比的是分法。`,
          html`The split may also be judged by its 10th percentile or by the probability of a profit, over the same futures.`,
        ],
      ),
    },
    {
      id: 'calibration',
      title: say('从自己的记录里学', 'Learning from records'),
      body: paragraphs(
        [
          html`订单：把每个客户压成三个数——复购了几次、最后一次在什么时候、观察了多久——再用四个公开的模型去拟合：NBD${cited('r-nbd')}（没人离开）、Pareto/NBD${cited('r-pareto')}、BG/NBD${cited('r-bg')}、MBG/NBD${cited('r-mbg')}（买着买着就不来了）。极大似然，牛顿法，导数是精确的；四个都算，取 BIC 最低的，并说明赢多少，再拿留出的一段看它猜得准不准。看不出流失时照直说，不硬给一个流失率。`,
          html`Orders: each customer becomes three numbers (how many repeats, when the last, how long observed), to which four published models are fitted: NBD${cited('r-nbd')} (nobody leaves), Pareto/NBD${cited('r-pareto')}, BG/NBD${cited('r-bg')} and MBG/NBD${cited('r-mbg')} (customers stop at some point). Maximum likelihood by Newton’s method with exact derivatives; the one with the lowest BIC is taken, with its lead over the next, and tried on a part of the record held back. Where the records show no leaving, that is said instead of a rate made up.`,
        ],
        [
          html`客单价：Gamma–Gamma 模型${cited('r-gg')}：每个客户有自己的客单水平，单子少的往全店平均靠；买得多和买得贵有关系时会提醒。复购率按两种常用口径都给：按首单那一批人算，和按某段时间里买过的人算，两个数经常差很多。`,
          html`Order values: the gamma–gamma model${cited('r-gg')}, in which each customer has a level of spending of their own and those with few orders are drawn towards the average; a link between how often and how much is reported. The repurchase rate is given by both usual definitions, of a cohort of first buyers and of those who bought in a period; the two often differ a lot.`,
        ],
        [
          html`场次：每场的订单数 = 各来源观众 × 各自转化，转化不许为负，按泊松计数拟合，误差按实际的波动放大；推流的再生数和它随质量的变化，从各场最后有多少公域观众里来（拟似然${cited('r-wedderburn')}）。分不开的来源（总是一起涨）会说分不开。会员和课程：移位贝塔几何模型${cited('r-sbg')}，给每期留存和还会留多久。`,
          html`Sessions: orders of a session are viewers by source times their conversions, none below 0, fitted as counts, with errors widened by the scatter seen; the reproduction number and how it follows quality come from the public viewers that sessions ended with (quasi-likelihood${cited('r-wedderburn')}). Sources that always move together are reported as such. Memberships and courses: the shifted beta-geometric model${cited('r-sbg')}, with retention per period and time left.`,
        ],
        [
          html`学到的不只是一个数，还有误差，填进来就是那个数的范围；留出段上猜偏了多少，也加在里面。`,
          html`What is learned is a number with its error, which becomes its range in the plan; how far the forecast missed on the part held back widens it.`,
        ],
      ),
    },
    {
      id: 'references',
      title: say('文献', 'References'),
      body: html`<ol class="references">${references.map(({ id, text }) => html`<li id="${id}" lang="en">${text}</li>`)}</ol>`,
    },
  ];
}
