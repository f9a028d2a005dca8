namespace Evenhand.DemoCentre;

/// <summary>Made-up people: common surnames and given names put together by chance.</summary>
internal static class Names
{
    private static readonly string[] Surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧"];
    private static readonly string[] Given = ["婷", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀英", "霞", "平", "刚", "桂英", "欣怡", "子涵", "雨桐", "浩然", "梓萱", "思远", "佳琪", "晓燕", "志远", "文博", "雅婷", "俊杰", "海燕", "建华", "玉兰", "若曦"];

    /// <summary>A name nobody before had.</summary>
    public static string Next(Random chance, HashSet<string> taken)
    {
        for (var tries = 0; ; tries++)
        {
            var name = Surnames[chance.Next(Surnames.Length)] + Given[chance.Next(Given.Length)];
            if (tries > 50) name += Given[chance.Next(Given.Length)][..1];
            if (taken.Add(name)) return name;
        }
    }
}
