using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Evenhand.Kernel;

/// <summary>A UUIDv7 as 16 bytes in network order, so that SQLite sorts ids by their time.</summary>
internal sealed class SortableGuid() : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), bytes => new Guid(bytes, true));

/// <summary>A time as UTC ticks, which SQLite can compare and sort.</summary>
internal sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
