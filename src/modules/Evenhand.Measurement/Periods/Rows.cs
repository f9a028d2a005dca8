using Evenhand.Measurement.Contracts;

namespace Evenhand.Measurement.Periods;

/// <summary>Short ways to the rows of an answer.</summary>
internal static class Rows
{
    extension(FigureTable table)
    {
        /// <summary>The row of a question without groups; null when nothing was counted.</summary>
        public FigureRow? TheOne => table.Rows.Count == 0 ? null : table.Rows[0];
    }
}
