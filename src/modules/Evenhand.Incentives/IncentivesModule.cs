using System.CommandLine;
using Evenhand.Incentives.Commands;
using Evenhand.Incentives.Plans;
using Evenhand.Incentives.Statements;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Incentives;

/// <summary>Piece-rate plans and the pay that follows from them, explained to the person it concerns.</summary>
public sealed class IncentivesModule : IModule
{
    public string Name => "incentives";

    public IEnumerable<Permission> Permissions => Rights.All;

    public IEnumerable<MenuEntry> Menu =>
    [
        new("incentives.menu.my-pay", "/pay/mine", "wallet", Rights.ReadOwn, "incentives.menu.group", 400),
        new("incentives.menu.statements", "/pay", "receipt", Rights.ReadTeam, "incentives.menu.group", 410),
        new("incentives.menu.plans", "/pay/plans", "chart-bar-increasing", Rights.Plan, "incentives.menu.group", 420),
    ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<MeasuredWork>().AddScoped<Corrections>().AddScoped<FactReader, LateFacts>();
        services.AddScoped<ComputeBaseline>().AddScoped<SimulatePlan>().AddScoped<DraftPlan>().AddScoped<PublishPlan>().AddScoped<ListPlans>();
        services.AddScoped<RunPay>().AddScoped<CloseMonth>().AddScoped<ReadMonth>().AddScoped<ExportMonth>().AddScoped<ReadStatement>().AddScoped<ReadContacts>();
        services.AddScoped<QuestionStatement>().AddScoped<AnswerQuestion>().AddScoped<ReadMonthSoFar>().AddSingleton(ReadMonthSoFar.Part);
    }

    public void MapApi(IEndpointRouteBuilder api)
    {
        var plans = api.MapGroup("/plans");
        ComputeBaseline.Map(plans);
        SimulatePlan.Map(plans);
        DraftPlan.Map(plans);
        PublishPlan.Map(plans);
        ListPlans.Map(plans);
        var months = api.MapGroup("/months");
        RunPay.Map(months);
        CloseMonth.Map(months);
        ReadMonth.Map(months);
        ExportMonth.Map(months);
        ReadStatement.Map(months);
        ReadMonthSoFar.Map(months);
        ReadContacts.Map(months);
        var questions = api.MapGroup("");
        QuestionStatement.Map(questions);
        AnswerQuestion.Map(questions);
    }

    public IEnumerable<Command> Commands(CommandRunner run) => [PlanCommand.Make(run), PayCommand.Make(run)];
}
