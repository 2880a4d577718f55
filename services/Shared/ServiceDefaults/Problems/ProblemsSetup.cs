using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.ServiceDefaults.Problems;

internal static class ProblemsSetup
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Complete);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddValidation(options => options.Resolvers.Add(new RecordValidationResolver()));
    }

    /// <summary>Every problem, whoever made it, carries a code and the trace it belongs to.</summary>
    private static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
        if (!problem.Extensions.ContainsKey(ProblemCodes.Key))
        {
            problem.Extensions[ProblemCodes.Key] = problem is HttpValidationProblemDetails
                ? ProblemCodes.RequestInvalid
                : ProblemCodes.Of(problem.Status ?? context.HttpContext.Response.StatusCode);
        }
    }
}
