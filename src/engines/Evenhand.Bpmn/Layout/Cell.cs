namespace Evenhand.Bpmn.Layout;

/// <summary>One place of the grid a body is laid out on: a box, or a waypoint that a line keeps free for itself.</summary>
internal sealed class Cell(string id, double width, double height)
{
    internal string Id { get; } = id;
    internal double Width { get; } = width;
    internal double Height { get; } = height;
    internal bool IsBox => Width > 0;
    internal bool IsGateway { get; init; }

    /// <summary>Room kept free under the box, for its label or the events on its border.</summary>
    internal double Under { get; set; }

    internal int Layer { get; set; }
    internal int Place { get; set; }
    internal int Lane { get; set; }
    internal int Row { get; set; }
    internal int Part { get; set; }
    internal Block? Block { get; set; }

    /// <summary>Cells kept right above and right below this one, in its layer: notes, and where flows of boundary events turn.</summary>
    internal List<Cell> Over { get; } = [];
    internal List<Cell> Below { get; } = [];

    /// <summary>Neighbours in the layers before and after.</summary>
    internal List<Cell> Before { get; } = [];
    internal List<Cell> After { get; } = [];

    internal IEnumerable<Cell> Cluster => [.. Over, this, .. Below];

    internal static void Join(Cell from, Cell to)
    {
        from.After.Add(to);
        to.Before.Add(from);
    }
}

/// <summary>Cells of neighbouring layers that stand in one row.</summary>
internal sealed class Block
{
    internal List<Cell> Cells { get; } = [];
    internal int Row { get; set; }
}

/// <summary>A flow on its way over the grid.</summary>
internal sealed class Wire(string id, Cell from, Cell to, double labelWidth)
{
    internal string Id { get; } = id;
    internal Cell From { get; } = from;
    internal Cell To { get; } = to;
    internal double LabelWidth { get; } = labelWidth;

    /// <summary>The cell that decides the layer: the flow of a boundary event leaves below its host.</summary>
    internal required Cell Source { get; init; }

    /// <summary>Of the flow of a boundary event: where it leaves, from the middle of the host's column.</summary>
    internal double? DropAt { get; init; }

    internal bool IsBack { get; set; }

    /// <summary>Forwards: from, waypoints, to. Backwards: the waypoints alone, from the layer of the target to that of the source.</summary>
    internal List<Cell> Path { get; } = [];
}
