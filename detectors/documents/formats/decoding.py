"""Bytes -> text, for texts that don't say how they are written: UTF-8, UTF-16, Big5, GB18030, Windows' Latin."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHINESE = ("big5hkscs", "gb18030")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_PLAIN = re.compile(r"[\t\n\r -~\xa0-\xff\u2000-\u206f\u3000-\u303f\uff00-\uffef]")
_SAMPLE = 20_000
"""Bytes that tell how a text is written."""
_COMMON = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得于著下自之年過發後作里用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運笑飛風步改收根幹造言聯持組每濟車親極林服快辦議往元英士證近失轉夫令準布始怎呢存未遠叫台單影具羅字愛擊流備兵連調深商算質團集百需價花黨華城石級整府離況亞請技際約示復病息究線似官火斷精滿支視消越器容照須九增研寫稱企八功嗎包片史委乎查輕易早曾除農找裝廣顯吧阿李標談吃圖念六引歷首醫局突專費號盡另周較注語僅考落青隨選列武紅響雖推勢參希古眾構房半節土投某案黑維革劃敵致陳律足態護七興派孩驗責營星夠章音跟志底站嚴巴例防族供效續施留講型料終答緊黃絕奇察母京段依批群項故按河米圍江織害鬥雙境客紀采舉殺攻父蘇密低朝友訴止細願千值仍男錢破網熱助倒育屬坐帝限船臉職速刻樂否剛威毛狀率甚獨球般普怕彈校苦創僞久錯承印晚蘭試股拿腦預誰益陽若哪微尼繼送急血驚傷素藥適波夜省初喜衛源食險待述陸習置居勞財環排福納歡雷警獲模充負雲停木遊龍樹疑層冷洲衝射略範竟句室異激漢村哈策演簡卡罪判擔州靜退既衣您宗積餘痛檢差富靈協角占配征修皮揮勝降階審沉堅善媽劉讀啊超免壓銀買皇養伊懷執副亂抗犯追幫宣佛歲航優怪香著田鐵控稅左右份穿藝背陣草腳概惡塊頓敢守酒島托央戶烈洋哥索胡款靠評版寶座釋景顧弟登貨互付伯慢歐換聞危忙核暗姐介壞討麗良序升監臨亮露永呼味野架域沙掉括艦魚雜誤灣吉減編楚肯測敗屋跑夢散溫困劍漸封救貴槍缺樓縣尚毫移娘朋畫班智亦耳恩短掌恐遺固席松秘謝魯遇康慮幸均銷鐘詩藏趕劇票損忽巨炮舊端探湖錄葉春鄉附吸予禮港雨呀板庭婦歸睛飯額含順輸搖招婚脫補謂督毒油療旅澤材滅逐莫筆亡鮮詞聖擇尋廠睡博勒煙授諾倫岸奧唐賣俄炸載洛健堂旁宮喝借君禁陰園謀宋避抓榮姑孫逃牙束跳頂玉鎮雪午練迫爺篇肉嘴館遍凡礎洞卷坦牛寧紙諸訓私莊祖絲翻暴森塔默握戲隱熟骨訪弱蒙歌店鬼軟典欲薩伙遭盤爸擴蓋弄雄穩忘億刺擁徒姆楊齊賽趣曲刀床迎冰虛玩析窗醒妻透購替塞努休虎揚途侵刑綠兄迅套貿畢唯谷輪庫跡尤競街促延震棄甲偉麻川申緩潛閃售燈針哲絡抵朱埃抱鼓植純夏忍頁傑築折鄭貝尊吳秀混臣雅振染盛怒舞圓搞狂措姓殘秋培迷誠寬宇猛擺梅毀伸摩盟末乃悲拍丁趙硬麥蔣操耶阻訂彩抽讚魔紛沿喊違妹浪匯幣豐藍殊獻桌啦瓦萊援譯奪汽燒距裁偏符勇觸課敬哭懂牆襲召罰俠廳拜巧側韓冒債曼融慣享戴童猶乘掛獎紹厚縱障訊涉徹刊丈爆烏役描洗瑪患妙鏡唱煩簽仙彼弗症仿傾牌陷鳥轟咱菜閉奮慶撤淚茶疾緣播朗杜奶季丹狗尾儀偷奔珠蟲駐孔宜艾橋淡翼恨繁寒伴嘆旦愈潮糧縮罷聚徑恰挑袋灰捕徐珍幕映裂泰隔啟尖忠累炎暫估泛荒償橫拒瑞憶孤鼻鬧羊呆厲衡胞零窮舍碼赫婆魂災洪腿膽津俗辯胸曉勁貧仁偶輯邦恢賴圈摸仰潤堆碰艇稍遲輛廢淨凶署壁御奉旋冬礦抬蛋晨伏吹雞倍糊秦盾杯租騎乏隆診奴攝喪污渡旗甘耐憑扎搶緒粗肩梁幻菲皆碎宙叔岩蕩綜爬荷悉蒂返井壯薄悄掃敏碍殖詳迪矛霍允幅撒剩凱顆罵賞液番箱貼漫酸郎腰舒眉憂浮辛戀餐嚇挺勵辭艘鍵伍峰尺昨黎輩貫偵滑券崇擾憲繞趨慈喬閱汗枝拖墨脅插箭臘粉泥氏彭拔騙鳳慧媒佩憤撲齡驅惜豪掩兼躍屍肅帕駛堡屆欣惠冊儲飄桑閑慘潔蹤勃賓頻仇磨遞邪撞擬滾奏巡顏劑績貢瘋坡瞧截燃焦殿偽柳鎖逼頗昏勸呈搜勤戒駕漂飲曹朵仔柔倆孟腐幼踐籍牧涼牲佳娜濃芳稿竹腹跌邏垂遵脈貌柏獄猜憐惑陶獸帳飾貸昌敘躺鋼溝寄扶鋪鄧壽懼詢湯盜肥嘗匆輝奈扣廷澳嘛董遷凝慰厭臟騰幽怨鞋丟埋泉涌轄躲晉紫艱魏吾慌祝郵吐狠鑑曰械咬鄰赤擠彎椅陪割揭韋悟聰霧鋒梯貓祥闊譽籌叢牽鳴沈閣穆屈旨袖獵臂蛇賀柱拋鼠瑟戈牢遜邁欺噸琴衰瓶惱燕仲誘狼池疼盧仗冠粒遙呂玄塵馮撫淺敦糾鑽晶豈峽蒼噴耗凌敲菌賠塗粹扁虧寂煤熊恭濕循暖糖賦抑秩帽哀宿踏爛袁侯抖夾昆肝擦豬煉恆慎搬紐紋玻漁磁銅齒跨押怖漠疲叛遣茲祭醉拳彌斜檔稀捷膚疫腫豆削崗晃吞宏癌肚隸履漲耀扭壇撥沃繪伐堪僕郭犧殲墓僱廉契拼懲捉覆刷劫嫌瓜歇雕悶乳串娃繳喚贏蓮霸桃妥瘦搭赴岳嘉艙俊址龐耕銳縫悔邀玲惟斥宅添挖呵訟氧浩羽斤酷掠妖禍侍乙妨貪掙汪尿莉懸唇翰倉輕頒拿籤員工護照姓電話號碼您好嗎啲嘅咗唔係喺冇佢哋咩嚟攞搵諗啱嗰邊度點解先生小姐僱主薪酬假期病假證明書部門職位日期備註產品價格數量合計金額客戶供應商"
    "这个们来为国说时会对过发后种经么学现当没动还进样开从实军无与长机业将两间问应战头体点关书产话内给门东声论处义几认条气题尔别变总电数报结计资区队则听却达难权设记类据边张该规万觉术领确传师观带导争运飞风济车亲极办议证转单罗爱击备连调质团价华级离况亚请际约线断满视须写称标谈图历医专费号语选红响虽势参众构节维划敌陈态护兴验责营够严续讲终紧黄绝围织双纪举杀苏诉细愿网热属职乐刚状独弹创错兰试脑预谁阳继惊伤药适卫险习劳财环纳欢获负云龙树层冲范异汉简担静积检灵协宝释顾货欧换闻坏丽监临鱼杂误湾减编测败梦温剑渐枪楼县画遗虑钟赶剧损旧录叶乡礼妇饭额输补疗择烟诺伦卖载阴园谋荣孙镇练爷馆础纸训庄丝戏隐访软伙盘扩盖稳亿拥赛购虚绿贸毕轮库竞伟缓灯针络纯页杰筑郑贝吴圆残诚宽摆毁赵麦订纷违汇币丰蓝译烧触课墙袭厅侧韩债惯挂奖绍讯彻疮员姓名电话号码身份证员工薪酬请假部门职位备注产品价格数量合计金额客户供应商"
)
"""What Hong Kong and mainland offices write most, after the usual lists of frequent characters."""
_NAMES = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cp950": "big5hkscs", "gb2312": "gb18030", "gbk": "gb18030"}


def decoded(data: bytes, said: str = "") -> str:
    """Return the text of `data`, written as `said` says if that may be so; whatever can't be read becomes U+FFFD."""
    mark, encoding = marked(data)
    if mark:
        return data[len(mark) :].decode(encoding, "replace")
    said = _NAMES.get(said.lower(), said.lower())
    if said and said not in ("us-ascii", "ascii") and _fits(data, said):
        return data.decode(said, "replace")
    return data.decode(guessed(data), "replace")


def marked(data: bytes) -> tuple[bytes, str]:
    """Return the byte order mark that the data begin with, and the encoding that it stands for; both may be empty."""
    return next(((mark, encoding) for mark, encoding in _BOMS if data.startswith(mark)), (b"", ""))


def is_text(text: str) -> bool:
    """Tell whether decoded bytes are something that people wrote; a program's bytes look like rare characters."""
    sample = text[:_SAMPLE]
    noise = len(_CONTROLS.findall(sample)) + sample.count("\ufffd")
    plain = len(_PLAIN.findall(sample)) + sum(char in _COMMON for char in sample)
    return noise * 20 <= len(sample) and (noise == 0 or plain * 2 >= len(sample))


def guessed(data: bytes) -> str:
    """Return how a text without a byte order mark is most likely written, by its beginning."""
    sample = data[:_SAMPLE]
    if b"\x00" in sample:
        return "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be"
    if _fits(data, "utf-8"):
        return "utf-8"
    wide = _wide(sample)
    if wide:
        return wide
    best = max(_CHINESE, key=lambda encoding: _likeness(sample, encoding))
    return best if _likeness(sample, best) > 0 else "cp1252"


def _fits(data: bytes, encoding: str) -> bool:
    """Whether almost all of the bytes can be read that way: one broken character spoils no file."""
    try:
        text = data[:_SAMPLE].decode(encoding, "replace")
    except (LookupError, UnicodeError):
        return False
    return text.count("\ufffd") <= 1 + len(text) // 200


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark and without a Latin letter: no byte is 0, but blanks and line ends are still two bytes."""
    for encoding in ("utf-16-le", "utf-16-be"):
        if len(sample) % 2 == 0 and _share(sample.decode(encoding, "replace")) > 0.5:
            return encoding
    return ""


def _likeness(sample: bytes, encoding: str) -> float:
    """How much the text looks like Chinese when it is read that way; what can't be read counts against it."""
    text = sample.decode(encoding, "replace")
    return _share(text) - 5 * text.count("\ufffd") / max(1, len(text))


def _share(text: str) -> float:
    """The share of common characters among those beyond ASCII."""
    wide = [char for char in text if char > "\x7f"]
    return sum(char in _COMMON for char in wide) / len(wide) if wide else 0.0
