// What exports put around and in the place of values is taken away before an event is looked at.
#include <algorithm>

#include "core/eventlog/build/log_builder.h"
#include "core/eventlog/build/transition_words.h"

namespace gemba::inline eventlog {

void LogBuilder::clean(std::string_view& text) {
  const std::string_view cut = cut_blanks(text);
  part_.quality.cut_values += cut.size() != text.size() ? 1 : 0;
  text = cut;
}

void LogBuilder::clean_value(std::string_view& text) {
  clean(text);
  drop_missing(text);
}

// Around times blanks never mattered: nobody has to be told. An end may be missing only where there
// is a start.
void LogBuilder::clean_times(std::string_view& end, std::string_view& start) {
  end = cut_blanks(end);
  start = cut_blanks(start);
  drop_missing(start);
  if (!start.empty()) drop_missing(end);
}

void LogBuilder::drop_missing(std::string_view& text) {
  if (!missing_.has(text)) return;
  if (part_.quality.missing_words++ == 0) part_.quality.first_missing_word = text;
  text = {};
}

RawEvent LogBuilder::cleaned(const RawEvent& event) {
  RawEvent clean_event = event;
  for (std::string_view RawEvent::*text :
       {&RawEvent::case_id, &RawEvent::activity, &RawEvent::lifecycle, &RawEvent::instance})
    clean(clean_event.*text);
  clean_times(clean_event.timestamp, clean_event.start);
  clean_value(clean_event.resource);
  attribute_texts_.assign(event.attributes.begin(), event.attributes.end());
  for (std::string_view& text : attribute_texts_) clean_value(text);
  clean_event.attributes = attribute_texts_;
  return clean_event;
}

Transition LogBuilder::transition_of(std::string_view word) {
  const MeantTransition meant = meant_transition(word);
  if (meant.known) return meant.transition;
  auto& strange = part_.quality.strange_transitions;
  const auto known = std::find_if(strange.begin(), strange.end(),
                                  [&](const StrangeWord& each) { return each.word == word; });
  if (known != strange.end()) {
    ++known->count;
  } else if (strange.size() < LogQuality::max_examples) {
    strange.push_back({std::string(word), 1});
  }
  return meant.transition;
}

void LogBuilder::clean(EventBatch& batch) {
  for (EventBatch::Texts EventBatch::*texts : {&EventBatch::case_id, &EventBatch::activity,
                                               &EventBatch::lifecycle, &EventBatch::instance}) {
    for (std::size_t index = 0; index < batch.size; ++index) clean((batch.*texts)[index]);
  }
  for (std::size_t index = 0; index < batch.size; ++index) {
    clean_times(batch.timestamp[index], batch.start[index]);
    clean_value(batch.resource[index]);
  }
  for (EventBatch::Texts& texts : batch.attributes) {
    for (std::size_t index = 0; index < batch.size; ++index) clean_value(texts[index]);
  }
}

}  // namespace gemba::inline eventlog
