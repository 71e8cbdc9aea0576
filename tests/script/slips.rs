//! Slips of the pen beside a character that both scripts write (后來), and the text that only looks like them.

use jianbao::script::{Run, Script};

use super::{converted, target};

#[track_caller]
fn check_hant(document: Option<Script>, text: &str, hant: &str) {
    let run = document.into_iter().fold(Run::new(text), Run::with_reading);
    assert_eq!(converted(target("zh-Hant"), &run), [hant], "{text} in {document:?}");
}

#[test]
fn slips_in_simplified_text() {
    for (text, hant) in [
        ("后來他们走了，项目开始了。", "後來他們走了，項目開始了。"),
        ("他们有几個项目", "他們有幾個項目"),
        ("做好准備工作，确保项目落地", "做好準備工作，確保項目落地"),
        ("发展計划和实施方案", "發展計劃和實施方案"),
        ("园区范圍不断扩大", "園區範圍不斷擴大"),
        ("受到沖擊的企业", "受到衝擊的企業"),
        ("数据准確，说明问题", "數據準確，說明問題"),
        ("舍棄旧的观念", "捨棄舊的觀念"),
        ("关于制藥企业的发展", "關於製藥企業的發展"),
        ("面條很好吃，我们都爱吃", "麵條很好吃，我們都愛吃"),
        ("征詢群众意见", "徵詢群眾意見"),
        ("采購设备", "採購設備"),
        ("云計算产业发展", "雲計算產業發展"),
        ("项目之后續", "項目之後續"),
    ] {
        check_hant(None, text, hant);
        check_hant(Some(Script::Hans), text, hant);
    }
    check_hant(Some(Script::Hans), "后來", "後來");
    check_hant(Some(Script::Hans), "余杭平臺與平台並進", "餘杭平臺與平台並進");
}

#[test]
fn slips_in_traditional_text() {
    for (text, hant) in [
        ("他們關于環境的問題", "他們關於環境的問題"),
        ("他們在這里", "他們在這裡"),
        ("屋里有燈", "屋裡有燈"),
        ("几隻狗", "幾隻狗"),
        ("他們准备好了", "他們準備好了"),
        ("以后請說話", "以後請說話"),
        ("余杭平臺與平台並進", "餘杭平臺與平台並進"),
        ("什么時候", "什麼時候"),
        ("他怎么說這么多", "他怎麼說這麼多"),
    ] {
        check_hant(None, text, hant);
        check_hant(Some(Script::Hant), text, hant);
    }
}

#[test]
fn what_looks_like_a_slip_stays() {
    for text in [
        "他是家裡的老么。么兒與么女",
        "皇后與太后，天后宮，后里區、大里區的里長",
        "余天與余文樂、余先生、范先生與范仲淹",
        "于美人、于右任與單于",
        "公里、鄰里、鄉里、村里長",
        "干預、干擾、若干、干涉與欄干",
        "准許、批准、核准、准將、獲准",
        "台灣與臺灣、平台、發布與發佈、占領與佔領",
        "這方面條件很好，牆面粉刷",
        "相關系所畢業，輪調制度，報名表，會計報告之編制",
        "只有一隻是黑的，不只有這隻",
        "裏面與裡面，温室與溫室，台上臺上",
        "宿舍、舍弟與寒舍，采風與神采",
        "耶和華在巴拉面前",
    ] {
        check_hant(None, text, text);
        check_hant(Some(Script::Hant), text, text);
    }
    check_hant(Some(Script::Hant), "老么", "老么");
}
