using Marketplace.Client;

namespace Marketplace.Simulators.MainLine;

/// <summary>Collects the figures of a step as they come.</summary>
internal sealed class StepRecorder(TimeProvider time, Action<MainLineStep> finished)
{
    private readonly List<MainLineStep> _steps = [];
    private List<Figure> _figures = [];

    public IReadOnlyList<MainLineStep> Steps => _steps;

    /// <summary>False when the step could not be finished; the figure that says why is recorded with it.</summary>
    public async Task<bool> RunAsync(string name, Func<Task> step)
    {
        _figures = [];
        var startedAt = time.GetTimestamp();
        var isFinished = false;
        try
        {
            await step();
            isFinished = true;
        }
        catch (WaitedTooLongException late)
        {
            Add("waited for", late.Seen, late.Message, held: false);
        }
        catch (Exception refused) when (refused is ApiProblemException or HttpRequestException
            or System.Text.Json.JsonException or TaskCanceledException { InnerException: TimeoutException })
        {
            Add("stopped by", refused.Message, "no refusal", held: false);
        }

        var done = new MainLineStep(name, _figures, time.GetElapsedTime(startedAt));
        _steps.Add(done);
        finished(done);
        return isFinished;
    }

    public void Add(string name, object seen, object expected, bool held) =>
        _figures.Add(new Figure(name, $"{seen}", $"{expected}", held));

    /// <summary>A figure that only informs.</summary>
    public void Note(string name, object seen) => Add(name, seen, "", held: true);

    public void Equal<T>(string name, T seen, T expected)
        where T : notnull => Add(name, seen, expected, EqualityComparer<T>.Default.Equals(seen, expected));

    public void Within(string name, TimeSpan seen, TimeSpan limit) =>
        Add(name, Seconds(seen), $"at most {Seconds(limit)}", seen <= limit);

    private static string Seconds(TimeSpan time) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.000} s");
}
