using Microsoft.AspNetCore.WebUtilities;
using Shop.Console.Results;
using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Pages;
using Shop.Design.Security;
using Shop.Design.Sessions;

namespace Shop.Console.Actions;

/// <summary>The confirmation of an action, and what happens when it is sent.</summary>
internal sealed class ActionPages(ActionRunner runner, GatewayClient gateway, IServiceProvider services, Wording words)
{
    /// <summary>The hidden field with the form's key.</summary>
    public const string KeyField = "form-key";

    public async Task<IResult> AskAsync(OperatorAction action, HttpContext http, CancellationToken cancel)
    {
        var query = http.Request.Query;
        var request = Request(action, http, Guid.CreateVersion7(), "", name => query[name].ToString());
        return await ShowAsync(action, request, http, query["back"], FormErrors.None, StatusCodes.Status200OK, cancel);
    }

    public async Task<IResult> RunAsync(OperatorAction action, HttpContext http, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        var key = KeyOf(form);
        var request = Request(action, http, key, form["reason"].ToString().Trim(), name => form[name].ToString());
        try
        {
            await runner.RunAsync(key, action.Name, $"{request.Id}" is { Length: > 0 } id ? id : null, token => action.Send(request, token), page: action.Afterwards?.Invoke(request));
        }
        catch (ApiException failure) when (failure.Status == 400)
        {
            return await ShowAsync(action, request, http, form["back"], ErrorsOf(failure, words), StatusCodes.Status422UnprocessableEntity, cancel);
        }

        return GoBack(http, LocalPath.Of(form["back"], action.Page(request)), key);
    }

    /// <summary>The key of a form; of a form without one, a new one.</summary>
    public static Guid KeyOf(IFormCollection form) => Guid.TryParse(form[KeyField], out var key) ? key : Guid.CreateVersion7();

    /// <summary>To the page that the action came from, which shows the result.</summary>
    public static IResult GoBack(HttpContext http, string page, Guid key)
    {
        var at = page.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = at < 0 ? (page, "") : (page[..at], page[at..]);
        var others = QueryHelpers.ParseQuery(query).Where(parameter => parameter.Key != ActionResults.Parameter);
        return Go.To(http, QueryHelpers.AddQueryString(QueryHelpers.AddQueryString(path, others), ActionResults.Parameter, $"{key}"));
    }

    public static FormErrors ErrorsOf(ApiException failure, Wording words) => failure.Errors.Count == 0
        ? FormErrors.Of(words["invalid"])
        : failure.Errors.Keys.Aggregate(FormErrors.None, (errors, field) => errors.With(field, words.OfCode("invalid", field, "invalid")));

    private async Task<IResult> ShowAsync(OperatorAction action, ActionRequest request, HttpContext http, string? back, FormErrors errors, int status, CancellationToken cancel)
    {
        var facts = await DescribeAsync(action, request, cancel);
        return View.Of<ConfirmPage>(
            new ConfirmModel(action.Name, http.Request.Path, LocalPath.Of(back, action.Page(request)), request.Key, facts, request.Values, action.LongestReason, action.IsDangerous, request.Reason, errors), status);
    }

    private static async Task<IReadOnlyList<Fact>> DescribeAsync(OperatorAction action, ActionRequest request, CancellationToken cancel)
    {
        try
        {
            return action.Describe is { } describe ? await describe(request, cancel) : [];
        }
        catch (ApiException failure) when (failure.IsUnavailable)
        {
            // An operator may have to act just because a part of the shop does not answer.
            return [new("unavailable", request.Words["unavailable.now"])];
        }
    }

    private ActionRequest Request(OperatorAction action, HttpContext http, Guid key, string reason, Func<string, string> value) => new(
        gateway, services, words, Guid.TryParse(http.GetRouteValue("id")?.ToString(), out var id) ? id : null, key, reason, action.Values.ToDictionary(name => name, value));
}
