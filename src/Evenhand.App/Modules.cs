using Evenhand.Incentives;
using Evenhand.Intake;
using Evenhand.Kernel;
using Evenhand.Measurement;
using Evenhand.Platform;
using Evenhand.Processes;
using Evenhand.Routing;
using Evenhand.Workforce;

namespace Evenhand.App;

/// <summary>The modules of this program, in the order of the data flow.</summary>
public static class Modules
{
    public static ModuleList All { get; } = new([new PlatformModule(), new IntakeModule(), new RoutingModule(), new MeasurementModule(), new IncentivesModule(), new WorkforceModule(), new ProcessesModule()]);
}
