using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Platform.Forms;

/// <summary>A form that somebody sent, by the key it carried since it was shown; kept for two days, so that sending it again acts once.</summary>
internal sealed class PostedForm
{
    public required Guid Key { get; init; }
    public required Guid AccountId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Where the first answer led; null while it is being worked on, or when the program died over it.</summary>
    public string? Location { get; set; }
}

internal sealed class PostedFormMapping : IEntityTypeConfiguration<PostedForm>
{
    public void Configure(EntityTypeBuilder<PostedForm> form)
    {
        form.ToTable("platform_posted_form");
        form.HasKey(f => f.Key);
        form.HasIndex(f => f.At);
        form.Property(f => f.Location).HasMaxLength(2000);
    }
}
