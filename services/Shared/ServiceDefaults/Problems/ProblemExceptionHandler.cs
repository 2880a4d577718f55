using Marketplace.Primitives;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Marketplace.ServiceDefaults.Problems;

/// <summary>The one place where an exception becomes an answer (RFC 9457) with a stable code.</summary>
internal sealed class ProblemExceptionHandler(IProblemDetailsService problems, ILogger<ProblemExceptionHandler> logger)
    : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var problem = ProblemOf(exception);
        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            var request = httpContext.Request;
            logger.LogError(exception, "Request {Method} {Path} failed", request.Method, request.Path);
        }

        httpContext.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(
            new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
    }

    private static ProblemDetails ProblemOf(Exception exception) => exception switch
    {
        BusinessRuleException rule => Problem(StatusOf(rule.Kind), rule.Code, rule.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            Problem(
                StatusCodes.Status413PayloadTooLarge,
                ProblemCodes.RequestTooLarge,
                "The request is larger than what is taken here."),
        BadHttpRequestException malformed =>
            Problem(StatusCodes.Status400BadRequest, ProblemCodes.RequestMalformed, DetailOf(malformed)),
        DbUpdateConcurrencyException =>
            Problem(
                StatusCodes.Status409Conflict,
                ProblemCodes.ChangedMeanwhile,
                "Somebody changed this meanwhile: look again, then retry."),
        _ => Problem(
            StatusCodes.Status500InternalServerError,
            ProblemCodes.InternalError,
            "Something went wrong on our side."),
    };

    /// <summary>
    /// A reader's own sentence ("A hashrate is a string ...") helps; what the framework adds around it does not.
    /// </summary>
    private static string DetailOf(BadHttpRequestException malformed) =>
        malformed.InnerException is System.Text.Json.JsonException { Path: { } path } json
            ? $"{json.Message.Split(" Path:", 2)[0]} ({path})"
            : malformed.Message;

    private static int StatusOf(RuleKind kind) => kind switch
    {
        RuleKind.Invalid => StatusCodes.Status400BadRequest,
        RuleKind.Forbidden => StatusCodes.Status403Forbidden,
        RuleKind.NotFound => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status409Conflict,
    };

    private static ProblemDetails Problem(int status, string code, string detail) =>
        new() { Status = status, Detail = detail, Extensions = { [ProblemCodes.Key] = code } };
}
