namespace Evenhand.Intake.Contracts;

/// <summary>Contacts were recorded or corrected; the rows themselves are read through <see cref="IIntake"/>.</summary>
/// <param name="ImportId">The import or live source that brought them.</param>
/// <param name="Batch">Running number of the batch within it, from 1.</param>
/// <param name="Touched">Half-open spans of time, unix seconds, ascending and disjoint, in which something changed: from entering to ending, of the old and of the new form of each contact. Whole quarter hours.</param>
/// <param name="Contacts">Contacts added or changed.</param>
public sealed record ContactsRecorded(Guid ImportId, int Batch, IReadOnlyList<Touch> Touched, int Contacts);

/// <summary>Agent-state intervals were recorded or corrected; the rows themselves are read through <see cref="IIntake"/>.</summary>
/// <param name="ImportId">The import or live source that brought them.</param>
/// <param name="Batch">Running number of the batch within it, from 1.</param>
/// <param name="Touched">Half-open spans of time, unix seconds, ascending and disjoint, whole quarter hours.</param>
/// <param name="Intervals">Intervals added or changed.</param>
public sealed record AgentStatesRecorded(Guid ImportId, int Batch, IReadOnlyList<Touch> Touched, int Intervals);

/// <summary>A half-open span of time.</summary>
/// <param name="From">Unix seconds, a multiple of 900.</param>
/// <param name="To">Unix seconds, a multiple of 900, exclusive.</param>
public readonly record struct Touch(long From, long To);
