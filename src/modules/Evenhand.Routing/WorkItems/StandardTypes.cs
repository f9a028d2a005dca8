namespace Evenhand.Routing.WorkItems;

/// <summary>The types every centre starts with, as version 1; a centre's own versions come after.</summary>
internal static class StandardTypes
{
    private const int Hour = 60;
    private const int Day = 24 * Hour;

    /// <summary>New, assigned, in progress, waiting, then done or cancelled.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Transitions { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["new"] = ["assigned", "in-progress", "cancelled"],
        ["assigned"] = ["in-progress", "new", "cancelled"],
        ["in-progress"] = ["waiting", "done", "assigned", "cancelled"],
        ["waiting"] = ["in-progress", "done", "cancelled"],
        ["done"] = [],
        ["cancelled"] = [],
    };

    public static IReadOnlyList<WorkItemType> All { get; } =
    [
        new("order", 1, "订单", "Order",
        [
            new("customer", "客户姓名", "Customer", "text", true, true), new("phone", "联系电话", "Phone", "phone", true, true), new("address", "收货地址", "Delivery address", "address", false, true),
            new("product", "商品", "Product", "text", true), new("quantity", "数量", "Quantity", "number", true), new("wanted-on", "期望日期", "Wanted on", "date"),
        ], Transitions, 30, Day),
        new("address-completion", 1, "地址补全", "Address completion",
        [
            new("order-number", "订单号", "Order number", "text", true), new("phone", "联系电话", "Phone", "phone", true, true), new("address", "收货地址", "Delivery address", "address", false, true),
        ], Transitions, Hour, 4 * Hour),
        new("order-correction", 1, "订单更正", "Order correction",
        [
            new("order-number", "订单号", "Order number", "text", true), new("phone", "联系电话", "Phone", "phone", false, true),
            new("reason", "原因", "Reason", "choice", true, false, ["address", "product", "quantity", "date", "cancel", "other"]), new("correction", "更正内容", "What to correct", "text", true),
        ], Transitions, 30, 8 * Hour),
        new("call-back", 1, "回拨", "Call-back",
        [
            new("customer", "客户姓名", "Customer", "text", false, true), new("phone", "联系电话", "Phone", "phone", true, true), new("about", "事由", "About", "text"), new("call-on", "回拨日期", "Call on", "date"),
        ], Transitions, 15, 4 * Hour),
        new("transfer-note", 1, "转接留言", "Transfer note",
        [
            new("department", "部门", "Department", "text", true), new("phone", "联系电话", "Phone", "phone", true, true), new("about", "事由", "About", "text", true),
        ], Transitions, 2 * Hour, Day),
    ];
}
