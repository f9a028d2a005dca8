using Evenhand.Intake.Archive;

namespace Evenhand.Intake.Imports;

/// <summary>A contact to be written; its queue and agent are still numbers of the teller.</summary>
internal readonly record struct ToldContact(Guid Id, string CallId, ToldStay Stay);

/// <summary>A call's lines to be kept.</summary>
internal readonly record struct KeptCall(string CallId, byte[] Trail);

/// <summary>What a batch does to calls and contacts.</summary>
internal sealed class CallChanges
{
    public List<KeptCall> NewCalls { get; } = [];

    public List<KeptCall> ChangedCalls { get; } = [];

    public List<ToldContact> Added { get; } = [];

    /// <summary>Contacts whose form changed; they take the place of those with the same id.</summary>
    public List<ToldContact> Replaced { get; } = [];

    /// <summary>Contacts that are not so any more.</summary>
    public List<Guid> Gone { get; } = [];

    public Quarters Quarters { get; } = new();

    public int Known { get; set; }

    public int Changed { get; private set; }

    public int Touched => Added.Count + Changed;

    public NameIds Names { get; private set; } = null!;

    public void Add(KeptCall call, List<ToldContact> contacts)
    {
        NewCalls.Add(call);
        foreach (var contact in contacts) Add(contact);
    }

    /// <summary>Keeps the call's joined lines and works out which of its contacts they change.</summary>
    public void Change(KeptCall call, List<ToldContact> before, List<ToldContact> after)
    {
        ChangedCalls.Add(call);
        var old = before.ToDictionary(c => c.Id);
        foreach (var contact in after)
            if (!old.Remove(contact.Id, out var was)) Add(contact, before.Count > 0);
            else if (was.Stay == contact.Stay) Known++;
            else
            {
                Replaced.Add(contact);
                Changed++;
                Touch(was.Stay);
                Touch(contact.Stay);
            }
        foreach (var (id, gone) in old)
        {
            Gone.Add(id);
            Touch(gone.Stay);
        }
        if (old.Count > 0 && Touched == 0) Changed++;
    }

    public void Name(NameIds names) => Names = names;

    private void Add(ToldContact contact, bool corrects = false)
    {
        if (corrects)
        {
            Replaced.Add(contact);
            Changed++;
        }
        else Added.Add(contact);
        Touch(contact.Stay);
    }

    private void Touch(in ToldStay stay) => Quarters.Touch(stay.EnteredAt, Quarters.LastSign(stay.EnteredAt, stay.ConnectedAt, stay.EndedAt));
}
