using System.Globalization;
using System.Text.Json.Nodes;

namespace Marketplace.Simulators.Pools;

/// <summary>Says no in one of the shapes that live pools use.</summary>
internal static class RejectAnswer
{
    private const int NegativeCode = -5;

    public static string Write(JsonNode? id, ShareVerdict verdict, RejectForm form)
    {
        var answer = new JsonObject { ["id"] = id?.DeepClone(), ["result"] = null, ["error"] = null };
        switch (form)
        {
            case RejectForm.FalseWithReason:
                answer["result"] = false;
                answer["reject-reason"] = verdict.Text;
                break;
            case RejectForm.Text:
                answer["error"] = verdict.Text;
                break;
            case RejectForm.CodeAndMessage:
                answer["error"] = new JsonObject { ["code"] = verdict.Code, ["message"] = verdict.Text };
                break;
            case RejectForm.TextCode:
                answer["error"] = new JsonArray(verdict.Code.ToString(CultureInfo.InvariantCulture), verdict.Text);
                break;
            case RejectForm.NegativeCode:
                answer["error"] = new JsonArray(NegativeCode, verdict.Text, null);
                break;
            default:
                answer["error"] = new JsonArray(verdict.Code, verdict.Text, null);
                break;
        }

        return answer.ToJsonString();
    }
}
