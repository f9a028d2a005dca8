using System.Globalization;

namespace Evenhand.Design;

/// <summary>The design system's own few words, in the reader's language.</summary>
internal static class Words
{
    public static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    public static string SkipToContent => Say("跳到正文", "Skip to content");
    public static string Menu => Say("菜单", "Menu");
    public static string MainMenu => Say("主菜单", "Main menu");
    public static string Theme => Say("外观", "Appearance");
    public static string ThemeLight => Say("浅色", "Light");
    public static string ThemeDark => Say("深色", "Dark");
    public static string ThemeAuto => Say("跟随系统", "Same as system");
    public static string OtherLanguage => Say("English", "中文");
    public static string OtherCulture => Say("en", "zh-CN");
    public static string Profile => Say("我的账号", "My account");
    public static string SignOut => Say("退出登录", "Sign out");
    public static string Where => Say("当前位置", "You are here");
    public static string Definition => Say("指标口径", "Definition");
    public static string Version => Say("版本", "Version");
    public static string Close => Say("关闭", "Close");
    public static string Search => Say("搜索", "Search");
    public static string Reset => Say("重置", "Reset");
    public static string Columns => Say("显示列", "Columns");
    public static string Apply => Say("应用", "Apply");
    public static string NothingFound => Say("没有符合条件的记录", "Nothing matches");
    public static string NothingFoundNext => Say("换个条件再查，或清除筛选。", "Change the conditions, or clear the filter.");
    public static string ClearFilter => Say("清除筛选", "Clear filter");
    public static string Pages => Say("分页", "Pages");
    public static string Previous => Say("上一页", "Previous");
    public static string Next => Say("下一页", "Next");
    public static string Required => Say("必填", "required");
    public static string Choose => Say("请选择", "Choose");
    public static string Save => Say("保存", "Save");
    public static string PleaseMend => Say("请先改正以下问题：", "Please mend the following first:");
    public static string ShowData => Say("查看数据表", "Show as table");
    public static string Left => Say("剩余", "Left");
    public static string Rate => Say("速度", "Rate");
    public static string PerSecond => Say("条/秒", "per second");
    public static string Reference => Say("追踪编号", "Reference");
    public static string BackHome => Say("返回首页", "Back to the start page");
    public static string Live => Say("实时", "Live");
    public static string Reconnecting => Say("正在重连…", "Reconnecting…");
    public static string Disconnected => Say("已断开，请刷新", "Disconnected, please reload");
    public static string BeatOn => Say("在线", "Online");
    public static string BeatLate => Say("网络不稳", "Connection unsteady");
    public static string BeatLost => Say("已掉线，请重新登录或检查网络", "Not heard: check the network or sign in again");
    public static string RingUnlock => Say("来电铃声未开启，点此开启", "Sound is off: click to turn it on");
    public static string RingMute => Say("静音", "Mute");
    public static string RingVolume => Say("铃声音量", "Ring volume");
    public static string RingTry => Say("试听", "Try");
    public static string RingNotify => Say("开启桌面提醒", "Turn on desktop notices");
    public static string RingTitle => Say("来电提示", "Ringing");
    public static string Keys => Say("快捷键", "Keyboard shortcuts");
    public static string KeysKey => Say("按键", "Key");
    public static string KeysDoes => Say("作用", "What it does");
    public static string KeysHint => Say("按 ? 随时打开本列表。输入文字时，只有带 Ctrl、Alt 的组合键和 F 键有效。", "Press ? to see this list. While typing only F keys and keys with Ctrl or Alt work.");
    public static string BoardFull => Say("全屏", "Full screen");
    public static string BoardNext => Say("下一屏", "Next page");
    public static string BoardPrevious => Say("上一屏", "Previous page");
    public static string BoardHold => Say("停在本屏", "Stay on this page");
    public static string Same => Say("持平", "unchanged");

    public static string Total(long rows) => Say($"共 {rows:N0} 条", rows == 1 ? "1 row" : $"{rows:N0} rows");
    public static string Range(long from, long to, long rows) => Say($"第 {from:N0}–{to:N0} 条，共 {rows:N0} 条", $"{from:N0}–{to:N0} of {rows:N0}");
    public static string Page(int page) => Say($"第 {page} 页", $"Page {page}");
    public static string SortBy(string title) => Say($"按{title}排序", $"Sort by {title}");
    public static string Notifications(int unread) => Say($"通知，{unread} 条未读", $"Notifications, {unread} unread");

    public static string Step(Status status) => status switch
    {
        Status.Ok => Say("通过", "passed"),
        Status.Warn => Say("注意", "attention"),
        Status.Bad => Say("未通过", "failed"),
        Status.Info => Say("进行中", "in progress"),
        _ => Say("未开始", "not started"),
    };

    public static string Say(string chinese, string english) => IsChinese ? chinese : english;
}
