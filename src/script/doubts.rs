//! Characters whose conversion nothing but frequency decides: they stand alone, and could be others.
//!
//! Only knows the characters; whether one stands alone is found in `traditional`, and what is made of a doubt elsewhere.

/// Simplified characters that are printed in more than one way often enough for somebody to want to look at one that stands
/// alone, with what each may stand for, in OpenCC's standard shapes.
const DOUBTFUL: &str = "丑醜丑 余餘余 克克剋 准準准 划劃划 制制製 卷卷捲 历歷曆 发發髮 只只隻 叶葉叶 后後后 周周週 咸鹹咸 \
    复復複覆 干幹乾干 并並併 征徵征 御御禦 志志誌 折折摺 采採采 斗鬥斗 曲曲麴 松松鬆 核核覈 汇匯彙 沈沈瀋 注注註 涂塗涂 \
    游遊游 签籤簽 系系係繫 累累纍 胡胡鬍 脏髒臟 舍舍捨 范範范 获獲穫 蒙蒙矇濛 表表錶 谷谷穀 辟闢辟 里裏里 钟鍾鐘 须須鬚 \
    面面麪 饥飢饑 占佔占 岳嶽岳 姜姜薑 升升昇 丰豐丰 云雲云 郁鬱郁 种種种 朴樸朴 尽盡儘 冲衝沖 团團糰 坛壇罈 尝嘗嚐 当當噹 \
    苏蘇甦 吊吊弔 借借藉 症症癥 赞贊讚 荡蕩盪 淀澱淀 术術朮 杆杆桿 板板闆 欲欲慾 愿願愿 恶惡噁 彩彩綵 念念唸 托托託 据據据 \
    困困睏 秋秋鞦 千千韆 筑築筑 致致緻 腊臘腊 证證証 迹跡蹟 闲閒閑 雇僱雇 雕雕鵰";

/// What a character may stand for, if that is in doubt.
pub(super) fn alternatives(character: char) -> Option<&'static str> {
    let line = DOUBTFUL.split_whitespace().find(|line| line.starts_with(character))?;
    Some(&line[character.len_utf8()..])
}
